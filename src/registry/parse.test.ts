import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseRegistry, type RegistryPart } from "./parse.ts";

const good: Record<RegistryPart, string> = {
  parties: "anna:\n  name: Anna\n  country: NO\n  parent: none\n  source: register\n  as-of: 2026-01-31\n",
  models: "m-1:\n  name: M\n  developer: anna\n  source: card\n  as-of: 2026-01-31\n  until: 2027-01-31\n",
  services: "s:\n  name: S\n  operator: anna\n  hosts: [api.example.org]\n  source: page\n  as-of: 2026-01-31\n",
  laws: "l:\n  name: L\n  citation: 1/2\n  source: gazette\n  as-of: 2026-01-31\n",
  groups: "XX:\n  name: X\n  members: [NO, { country: GB, caveat: ends, until: 2031-12-27 }]\n  source: treaty\n  as-of: 2026-01-31\n",
};

const parse = (changes: Partial<Record<RegistryPart, string>> = {}) => {
  const of = (part: RegistryPart) => ({ name: `${part}.yaml`, text: changes[part] ?? good[part] });
  return parseRegistry({ parties: of("parties"), models: of("models"), services: of("services"), laws: of("laws"), groups: of("groups") });
};

function faultIn(part: RegistryPart, text: string) {
  const result = parse({ [part]: text });
  assert.ok(!result.ok, "the file is taken for good");
  assert.equal(result.error.length, 1, JSON.stringify(result.error));
  const [fault] = result.error;
  assert.equal(fault?.file, `${part}.yaml`);
  return fault;
}

describe("parseRegistry", () => {
  it("reads Norway as a country, not as false, and dates as text", () => {
    const result = parse();
    assert.ok(result.ok);
    const anna = result.value.parties.get("anna");
    assert.equal(anna?.country, "NO");
    assert.equal(anna?.asOf, "2026-01-31");
    assert.equal(anna?.until, undefined);
    assert.deepEqual(result.value.groups.get("XX")?.members, ["NO", "GB"]);
    assert.deepEqual(result.value.groups.get("XX")?.caveats, [{ country: "GB", caveat: "ends", until: "2031-12-27" }]);
  });

  it("refuses a fact without a source", () => {
    const fault = faultIn("parties", good.parties.replace("  source: register\n", ""));
    assert.equal(fault?.line, 1);
    assert.match(fault?.message ?? "", /anna\.source/);
  });

  it("refuses a fact without a date", () => {
    assert.match(faultIn("laws", good.laws.replace("  as-of: 2026-01-31\n", ""))?.message ?? "", /l\.as-of/);
  });

  it("refuses a day that is not in the calendar, at its place", () => {
    const fault = faultIn("parties", good.parties.replace("2026-01-31", "2026-02-31"));
    assert.deepEqual([fault?.line, fault?.column], [6, 3]);
    assert.match(fault?.message ?? "", /not a day of the calendar/);
  });

  it("refuses a last day before the first", () => {
    assert.match(faultIn("models", good.models.replace("2027-01-31", "2025-01-31"))?.message ?? "", /before as-of/);
  });

  it("refuses an unknown key at its place, so that a typing error is no silent gap", () => {
    const fault = faultIn("parties", good.parties.replace("parent:", "parents:"));
    assert.deepEqual([fault?.line, fault?.column], [4, 3]);
    assert.match(fault?.message ?? "", /no key "parents"/);
  });

  it("refuses a code that is no country: the United Kingdom is GB", () => {
    assert.match(faultIn("parties", good.parties.replace("NO", "UK"))?.message ?? "", /ISO 3166-1/);
  });

  it("refuses a reserved id, which would read as nobody or as the organisation itself", () => {
    assert.match(faultIn("parties", `${good.parties}${good.parties.replace("anna", "none")}`)?.message ?? "", /reserved/);
  });

  it("refuses an id that is twice there", () => {
    assert.equal(faultIn("parties", good.parties + good.parties)?.line, 7);
  });

  it("refuses shares of more than the whole", () => {
    const holders = "  holders: [{ party: anna, share: 60 }, { party: anna, share: 41 }]\n";
    assert.match(faultIn("parties", good.parties + holders)?.message ?? "", /more than 100/);
  });

  it("refuses references that lead nowhere", () => {
    assert.match(faultIn("parties", good.parties.replace("parent: none", "parent: berta"))?.message ?? "", /no party "berta"/);
    assert.match(faultIn("models", good.models.replace("developer: anna", "based-on: [m-0]"))?.message ?? "", /no model "m-0"/);
    const exception = '  exceptions: [{ match: "x*", served-by: berta, note: n }]\n';
    const fault = faultIn("services", good.services + exception);
    assert.equal(fault?.line, 7);
    assert.match(fault?.message ?? "", /no party "berta"/);
  });

  it("refuses a host that two services claim", () => {
    assert.match(faultIn("services", good.services + good.services.replace("s:", "t:"))?.message ?? "", /already belongs to "s"/);
  });

  it("refuses aliases, which can blow a small file up", () => {
    const result = parse({ parties: "a: &a { name: A }\nb: *a\n" });
    assert.ok(!result.ok && result.error.some((fault) => fault.message.includes("aliases")));
  });

  it("tells the faults of all files at once", () => {
    const result = parse({ parties: "[", laws: "l: 1\n" });
    assert.ok(!result.ok);
    assert.deepEqual([...new Set(result.error.map((fault) => fault.file))], ["parties.yaml", "laws.yaml"]);
  });

  it("never throws, whatever stands in a file", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const result = parse({ parties: text });
        return result.ok || result.error.every(({ line, column, message }) => line >= 1 && column >= 1 && message !== "");
      }),
    );
  });
});
