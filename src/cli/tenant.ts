import { Command } from "commander";
import { tenantInput } from "#admin";
import type { Flags } from "#app";
import { administer, consult } from "./administer.ts";
import { parseInput } from "./input.ts";
import { print, say, table, withJson } from "./outcome.ts";
import { withPlaces } from "./settings.ts";

interface CreateFlags extends Flags {
  readonly origin?: string;
  readonly floor?: string;
  readonly model?: string[];
  readonly json?: boolean;
}

const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

function createCommand(): Command {
  return withJson(withPlaces(new Command("create").argument("<id>", "its name: a-z, 0-9, dot, dash, underscore")))
    .description("create a tenant; it can only narrow the charter")
    .option("--origin <country>", "country of its people, where neither a header nor the key says")
    .option("--floor <class>", "no request counts as a lower class: public, pseudonymised, sensitive or secret")
    .option("--model <name>", "a model that its keys may use (may be given again; default: all)", collect)
    .action(async (id: string, flags: CreateFlags) => {
      const input = parseInput(tenantInput, { id, origin: flags.origin, floor: flags.floor, models: flags.model });
      const tenant = await administer(flags, (house) => house.createTenant(input));
      print(flags.json === true ? JSON.stringify(tenant) : `Tenant ${tenant.id} is there; freehold key create --tenant ${tenant.id} gives it a key.`);
    });
}

function listCommand(): Command {
  return withJson(withPlaces(new Command("list")))
    .description("list all tenants")
    .action(async (flags: Flags & { readonly json?: boolean }) => {
      const tenants = await consult(flags, (house) => house.listTenants());
      if (flags.json === true) for (const tenant of tenants) print(JSON.stringify(tenant));
      else if (tenants.length === 0) say("There are no tenants.");
      else
        print(
          table(
            ["ID", "ORIGIN", "FLOOR", "MODELS"],
            tenants.map(({ id, origin, floor, models }) => [id, origin ?? "-", floor ?? "-", models?.join(",") ?? "all"]),
          ),
        );
    });
}

/** `freehold tenant create | list`. */
export const tenantCommand = (): Command => new Command("tenant").description("create and list tenants").addCommand(createCommand()).addCommand(listCommand());
