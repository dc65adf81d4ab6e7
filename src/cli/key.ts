import { Command } from "commander";
import { keyInput } from "#admin";
import type { Flags } from "#app";
import { administer, consult } from "./administer.ts";
import { parseInput } from "./input.ts";
import { print, say, table, withJson } from "./outcome.ts";
import { withPlaces } from "./settings.ts";

interface CreateFlags extends Flags {
  readonly tenant?: string;
  readonly label?: string;
  readonly origin?: string;
  readonly model?: string[];
  readonly assertOrigin?: boolean;
  readonly admin?: boolean;
  readonly expires?: string;
  readonly json?: boolean;
}

const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

function createCommand(): Command {
  return withJson(withPlaces(new Command("create")))
    .description("create a key and show it once")
    .option("--tenant <id>", "tenant that it belongs to (default: default)")
    .option("--label <text>", "what it is for")
    .option("--origin <country>", "country of the people who use it, e.g. DE")
    .option("--model <name>", "a model that it may use (may be given again; default: all)", collect)
    .option("--assert-origin", "believe x-freehold-origin when it comes with this key")
    .option("--admin", "let it administer")
    .option("--expires <time>", "when it ends by itself, RFC 3339, e.g. 2027-06-30T00:00:00Z")
    .action(async (flags: CreateFlags) => {
      const permissions = [...(flags.assertOrigin === true ? ["assert-origin"] : []), ...(flags.admin === true ? ["admin"] : [])];
      const { tenant, label, origin, model, expires } = flags;
      const input = parseInput(keyInput, { tenant, label, origin, models: model, permissions, expiresAt: expires });
      const created = await administer(flags, (house) => house.createKey(input));
      if (flags.json === true) print(JSON.stringify(created));
      else {
        print(created.key);
        say(`Key ${created.id} of tenant ${created.tenant}. It is shown this once: keep it where your secrets are kept.`);
      }
    });
}

function listCommand(): Command {
  return withJson(withPlaces(new Command("list")))
    .description("list all keys")
    .action(async (flags: Flags & { readonly json?: boolean }) => {
      const keys = await consult(flags, (house) => house.listKeys());
      if (flags.json === true) for (const key of keys) print(JSON.stringify(key));
      else if (keys.length === 0) say("There are no keys yet; freehold key create makes one.");
      else {
        const rows = keys.map((key) => [
          key.id,
          key.tenant,
          key.state,
          key.origin ?? "-",
          key.models?.join(",") ?? "all",
          key.permissions.join(",") || "-",
          key.createdAt,
          key.label,
        ]);
        print(table(["ID", "TENANT", "STATE", "ORIGIN", "MODELS", "PERMISSIONS", "CREATED", "LABEL"], rows));
      }
    });
}

function revokeCommand(): Command {
  return withJson(withPlaces(new Command("revoke").argument("<id>", "the key's public id, key_…")))
    .description("revoke a key at once")
    .action(async (id: string, flags: Flags & { readonly json?: boolean }) => {
      const key = await administer(flags, (house) => house.revokeKey(id));
      if (flags.json === true) print(JSON.stringify(key));
      else print(`${key.id} is revoked.`);
    });
}

/** `freehold key create | list | revoke`. */
export const keyCommand = (): Command =>
  new Command("key").description("create, list and revoke API keys").addCommand(createCommand()).addCommand(listCommand()).addCommand(revokeCommand());
