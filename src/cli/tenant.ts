import { Command } from "commander";
import { tenantClasses, tenantInput } from "#admin";
import type { Flags } from "#app";
import { administer, consult } from "./administer.ts";
import { parseInput } from "./input.ts";
import { CommandFailure, print, say, table, withJson } from "./outcome.ts";
import { withPlaces } from "./settings.ts";

interface CreateFlags extends Flags {
  readonly origin?: string;
  readonly floor?: string;
  readonly model?: string[];
  readonly class?: string[];
  readonly json?: boolean;
}

const collect = (value: string, previous: string[] = []): string[] => [...previous, value];

/** `type=class` pairs by type. */
function classesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf("=");
      if (at < 1) throw new CommandFailure(2, [`error: ${JSON.stringify(pair)} is not TYPE=CLASS`, "  next: e.g. business_id=sensitive"]);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function classesCommand(): Command {
  return withJson(withPlaces(new Command("classes").argument("<id>", "the tenant").argument("[type=class...]", "none: no class but the house's own")))
    .description("set the least classes of a tenant's findings by type")
    .action(async (id: string, pairs: readonly string[], flags: Flags & { readonly json?: boolean }) => {
      const input = parseInput(tenantClasses, { classes: classesOf(pairs) });
      const tenant = await administer(flags, (house) => house.setTenantClasses(id, input));
      if (flags.json === true) print(JSON.stringify(tenant));
      else print(`Tenant ${id}: ${shownClasses(tenant.classes)}`);
    });
}

const shownClasses = (classes: Readonly<Partial<Record<string, string>>> | undefined): string =>
  Object.entries(classes ?? {})
    .map(([type, dataClass]) => `${type}=${dataClass}`)
    .join(",") || "-";

function createCommand(): Command {
  return withJson(withPlaces(new Command("create").argument("<id>", "its name: a-z, 0-9, dot, dash, underscore")))
    .description("create a tenant; it can only narrow the charter")
    .option("--origin <country>", "country of its people, where neither a header nor the key says")
    .option("--floor <class>", "no request counts as a lower class: public, pseudonymised, sensitive or secret")
    .option("--model <name>", "a model that its keys may use (may be given again; default: all)", collect)
    .option("--class <type=class>", "least class of findings of a type, e.g. business_id=sensitive (may be given again)", collect)
    .action(async (id: string, flags: CreateFlags) => {
      const { origin, floor, model: models } = flags;
      const input = parseInput(tenantInput, { id, origin, floor, models, ...(flags.class !== undefined && { classes: classesOf(flags.class) }) });
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
            ["ID", "ORIGIN", "FLOOR", "CLASSES", "MODELS"],
            tenants.map(({ id, origin, floor, classes, models }) => [id, origin ?? "-", floor ?? "-", shownClasses(classes), models?.join(",") ?? "all"]),
          ),
        );
    });
}

/** `freehold tenant create | classes | list`. */
export const tenantCommand = (): Command =>
  new Command("tenant").description("create and list tenants").addCommand(createCommand()).addCommand(classesCommand()).addCommand(listCommand());
