import { dataClasses } from "../charter.ts";
import { entriesOf, isMap, itemsOf, memberOf, textOf } from "./plain-content.ts";
import type { Report } from "./report.ts";
import { didYouMean, quoted } from "./spelling.ts";

/** What must hold across a charter, beyond the form of each value. Takes any content, since a file with faults is looked at too. */
export function checkCharterRules(content: unknown, report: Report): void {
  const jurisdictions = entriesOf(memberOf(content, "jurisdictions"));
  const zones = entriesOf(memberOf(content, "zones"));
  checkJurisdictions(content, jurisdictions, report);
  checkZones(zones, report);
  checkData(memberOf(content, "data"), zones, report);
  checkRisks(itemsOf(memberOf(content, "accepted-risks")), report);
}

type Entries = ReturnType<typeof entriesOf>;

function checkJurisdictions(content: unknown, jurisdictions: Entries, report: Report): void {
  const names = jurisdictions.map(([name]) => name);
  if (isMap(memberOf(content, "jurisdictions")) && names.length === 0) {
    report.error(["jurisdictions"], "a charter needs at least one jurisdiction", "eu: { law: eu-gdpr, people-in: [EEA], process-in: [EEA] }");
  }
  if (names.includes("refuse"))
    report.keyError(["jurisdictions", "refuse"], "refuse cannot be the name of a jurisdiction", "unknown-origin gives it a meaning; choose another name");
  const unknownOrigin = textOf(memberOf(content, "unknown-origin"));
  if (unknownOrigin !== undefined && unknownOrigin !== "refuse" && !names.includes(unknownOrigin)) {
    report.error(["unknown-origin"], `${quoted(unknownOrigin)} is not a jurisdiction of this charter`, didYouMean(unknownOrigin, ["refuse", ...names]));
  }
  const protectedBy = new Map<string, string>();
  for (const [name, jurisdiction] of jurisdictions) {
    for (const [index, country] of itemsOf(memberOf(jurisdiction, "people-in")).entries()) {
      const other = textOf(country) === undefined ? undefined : protectedBy.get(String(country));
      if (other !== undefined && other !== name) {
        report.error(
          ["jurisdictions", name, "people-in", index],
          `people in ${country} already belong to jurisdiction ${other}`,
          "name a country in one jurisdiction only",
        );
      }
      if (other === undefined) protectedBy.set(String(country), name);
    }
  }
}

const conditions = ["operated-by", "located-in", "compellable-by"];

function checkZones(zones: Entries, report: Report): void {
  for (const [name, zone] of zones) {
    if (isMap(zone) && !conditions.some((condition) => condition in zone)) {
      report.keyError(["zones", name], `zone ${name} states no condition, so everything would match it`, `state one at least: ${conditions.join(", ")}`);
    }
  }
}

function checkData(data: unknown, zones: Entries, report: Report): void {
  const names = zones.map(([name]) => name);
  const used = new Set<string>();
  for (const dataClass of dataClasses) {
    const rule = memberOf(data, dataClass);
    for (const [index, zone] of itemsOf(memberOf(rule, "may-go-to")).entries()) {
      if (typeof zone !== "string") continue;
      used.add(zone);
      if (!names.includes(zone))
        report.error(["data", dataClass, "may-go-to", index], `${quoted(zone)} is not a zone of this charter`, didYouMean(zone, names));
    }
    if (isMap(data) && !(dataClass in data))
      report.warning(["data"], `data.${dataClass} is left out, so this class may go nowhere`, `write ${dataClass}: { may-go-to: [] } if that is meant`);
    checkOrAfter(dataClass, rule, report);
  }
  if (isMap(data)) warnOfLooserClass(data, report);
  for (const name of names)
    if (!used.has(name)) report.warning(["zones", name], `no class of data may go to zone ${name}`, "name it in a may-go-to, or remove it");
}

function checkOrAfter(dataClass: string, rule: unknown, report: Report): void {
  if (memberOf(rule, "or-after") === undefined || dataClass === "sensitive") return;
  const path = ["data", dataClass, "or-after"];
  if (dataClass === "secret") report.error(path, "a secret is never sent after a replacement", "remove or-after");
  else report.warning(path, `or-after has no effect on ${dataClass}`, "it belongs to sensitive");
}

/** A higher class that may go where a lower one may not is legal, and mostly a slip. */
function warnOfLooserClass(data: Readonly<Record<string, unknown>>, report: Report): void {
  for (const [position, higher] of dataClasses.entries()) {
    const lower = dataClasses[position - 1];
    if (lower === undefined || !isMap(data[lower]) || !isMap(data[higher])) continue;
    const lowerZones = itemsOf(memberOf(data[lower], "may-go-to"));
    for (const [index, zone] of itemsOf(memberOf(data[higher], "may-go-to")).entries()) {
      if (!lowerZones.includes(zone) && textOf(zone) !== undefined) {
        report.warning(
          ["data", higher, "may-go-to", index],
          `${higher} data may go to ${quoted(String(zone))}, and ${lower} data may not`,
          `add it to data.${lower}, or remove it here`,
        );
      }
    }
  }
}

function checkRisks(risks: readonly unknown[], report: Report): void {
  const seen = new Map<string, number>();
  for (const [index, risk] of risks.entries()) {
    const id = textOf(memberOf(risk, "id"));
    if (id === undefined) continue;
    const first = seen.get(id);
    if (first !== undefined)
      report.error(["accepted-risks", index, "id"], `${quoted(id)} is already the id of accepted-risks[${first}]`, "give each risk an id of its own");
    else seen.set(id, index);
  }
}
