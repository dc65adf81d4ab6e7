import { digest, type Json, ok, type Result } from "#kernel";
import type { AcceptedRisk, Charter, ClassRule, Zone } from "../charter.ts";
import type { FileFault } from "../faults.ts";
import { checkCharterRules } from "./charter-rules.ts";
import { type CharterContent, charterSchema } from "./charter-schema.ts";
import { type ParsedFile, readChecked } from "./parse.ts";

export interface ParsedCharter extends ParsedFile {
  readonly charter: Charter;
}

/** Reads the text of a `charter.yaml`. All faults at once, in file order; among them warnings where there are errors too. */
export function parseCharter(text: string, file: string): Result<ParsedCharter, readonly FileFault[]> {
  const read = readChecked(text, file, charterSchema, checkCharterRules);
  if (!read.ok) return read;
  const { content, written, warnings, locate, locateKey } = read.value;
  return ok({ charter: charterOf(content, digest(written as Json)), file, warnings, locate, locateKey });
}

function charterOf(content: CharterContent, fingerprint: string): Charter {
  const { models, hardware } = content.provenance;
  return {
    organisation: {
      name: content.organisation.name,
      country: content.organisation.country,
      ...(content.organisation["ai-act-role"] === undefined ? {} : { aiActRole: content.organisation["ai-act-role"] }),
    },
    jurisdictions: Object.entries(content.jurisdictions).map(([name, jurisdiction]) => ({
      name,
      law: jurisdiction.law,
      peopleIn: jurisdiction["people-in"],
      processIn: jurisdiction["process-in"],
    })),
    unknownOrigin: content["unknown-origin"],
    zones: Object.entries(content.zones).map(([name, zone]) => zoneOf(name, zone)),
    data: {
      public: classRuleOf(content.data.public),
      pseudonymised: classRuleOf(content.data.pseudonymised),
      sensitive: classRuleOf(content.data.sensitive),
      secret: classRuleOf(content.data.secret),
    },
    unreadable: content.unreadable,
    provenance: {
      ...(models === undefined ? {} : { models: { developedIn: models["developed-in"] } }),
      ...(hardware === undefined ? {} : { hardware: { madeBy: hardware["made-by"] } }),
    },
    acceptedRisks: content["accepted-risks"].map(riskOf),
    ledger: {
      beforeEgress: content.ledger["before-egress"],
      keep: content.ledger.keep,
      ...(content.ledger.origin !== undefined && { origin: content.ledger.origin }),
    },
    content: { keep: content.content.keep },
    recovery: content.recovery,
    digest: fingerprint,
  };
}

function zoneOf(name: string, zone: CharterContent["zones"][string]): Zone {
  return {
    name,
    ...(zone["located-in"] === undefined ? {} : { locatedIn: zone["located-in"] }),
    ...(zone["compellable-by"] === undefined ? {} : { compellableBy: zone["compellable-by"] }),
    ...(zone["operated-by"] === undefined ? {} : { operatedBy: zone["operated-by"] }),
  };
}

/** A class that the charter leaves out may go nowhere. */
function classRuleOf(rule: CharterContent["data"]["public"]): ClassRule {
  if (rule === undefined) return { mayGoTo: [] };
  return { mayGoTo: rule["may-go-to"], ...(rule["or-after"] === undefined ? {} : { orAfter: rule["or-after"] }) };
}

const riskOf = (risk: CharterContent["accepted-risks"][number]): AcceptedRisk => ({
  id: risk.id,
  concerns: risk.concerns,
  reason: risk.reason,
  acceptedBy: risk["accepted-by"],
  until: risk.until,
});
