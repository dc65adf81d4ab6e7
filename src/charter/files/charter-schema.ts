import { z } from "zod";
import { dataClasses } from "../charter.ts";
import { contentRetention, country, countryList, day, interval, name, partyId, retention, risk, words } from "./fields.ts";

/** Roles of Regulation (EU) 2024/1689 (AI Act), Art. 3 and 25. */
const aiActRoles = [
  "provider",
  "deployer",
  "importer",
  "distributor",
  "authorised-representative",
  "product-manufacturer",
  "gpai-provider",
  "downstream-provider",
] as const;

const organisation = z.strictObject({
  name: words.describe("The organisation's name, as records and reports show it."),
  country: country.describe("Country of its seat."),
  "ai-act-role": z.enum(aiActRoles).describe("Its role under the EU AI Act.").optional(),
});

const jurisdiction = z.strictObject({
  law: name.describe("The data protection law, by its id in the registry, e.g. eu-gdpr."),
  "people-in": countryList.min(1).describe("Countries and groups whose people this law protects."),
  "process-in": countryList.min(1).describe("Countries and groups where their data may be processed."),
});

const zone = z
  .strictObject({
    "operated-by": z.array(partyId).min(1).describe("Parties that may operate the destination; self is the organisation's own.").optional(),
    "located-in": countryList.min(1).describe("Where the destination must stand, with every place that it uses.").optional(),
    "compellable-by": countryList
      .min(1)
      .describe("The only countries whose authorities may be able to compel access: location, operator's seat, ultimate parent's seat and further reach.")
      .optional(),
  })
  .describe("A kind of destination; it matches when all that it states holds.");

const classRule = z.strictObject({
  "may-go-to": z.array(name).describe("Names of the zones that this class of data may go to; [] = nowhere."),
  "or-after": z
    .enum(["pseudonymise", "pseudonymise-even-if-declared"])
    .describe("What may be done to the text where no backend may see it as it is; then it is decided again as pseudonymised.")
    .optional(),
});

const copies = z.int().min(0).max(10_000);

/** `charter.yaml`. What it takes and gives is the file's own content, with defaults filled in. */
export const charterSchema = z
  .strictObject({
    charter: z.literal(1).describe("Version of this format."),
    organisation: organisation.describe("Whose charter this is."),
    jurisdictions: z.record(name, jurisdiction).describe("Who is protected by which law, and where their data may be processed."),
    "unknown-origin": name.default("refuse").describe("What to do when the person's country is not known: refuse, or the name of a jurisdiction."),
    zones: z.record(name, zone).describe("Kinds of destination, told by facts, never by brand."),
    data: z
      .strictObject({
        public: classRule.describe("Text in which nothing personal was found and nothing was declared.").optional(),
        pseudonymised: classRule.describe("Text whose personal data has been replaced.").optional(),
        sensitive: classRule.describe("Text with personal data, or declared sensitive.").optional(),
        secret: classRule.describe("Text with credentials, or declared secret.").optional(),
      } satisfies Record<(typeof dataClasses)[number], z.ZodType>)
      .describe("What each class of data may do; a class that is left out may go nowhere."),
    unreadable: z
      .enum(dataClasses)
      .default("sensitive")
      .describe("The class of what cannot be read: images, audio, video, files, and text that is none. A tenant may raise it."),
    provenance: z
      .strictObject({
        models: z
          .strictObject({ "developed-in": countryList.describe("Where the developers of weights must have their seat.") })
          .describe("Rules on the weights that may answer.")
          .optional(),
        hardware: z
          .strictObject({ "made-by": countryList.describe("Where the makers of accelerators must have their seat.") })
          .describe("Rules on the accelerators that may compute.")
          .optional(),
      })
      .default({})
      .describe("Where the parts come from; what falls outside needs an accepted risk."),
    "accepted-risks": z
      .array(
        z.strictObject({
          id: name.describe("A name for this risk, once in the file."),
          concerns: risk.describe("hardware:PARTY, model:MODEL or developer:PARTY."),
          reason: words.describe("Why the risk is accepted."),
          "accepted-by": words.describe("Who accepted it: a person or a role."),
          until: day.describe("The last day (UTC) on which it holds."),
        }),
      )
      .default([])
      .describe("Departures from the provenance rules that someone answers for, each until a day."),
    ledger: z
      .strictObject({
        "before-egress": z.boolean().default(true).describe("A decision is on disk before the first byte leaves."),
        keep: retention.default("13 months").describe("How long entries are kept."),
        origin: z
          .string()
          .regex(/^[^\s+]{1,200}$/, "a name without spaces and plus signs is wanted")
          .describe("The name of the transparency log, e.g. log.stadtwerke-musterstadt.example/production; taken once, at its first start.")
          .optional(),
      })
      .default({ "before-egress": true, keep: "13 months" })
      .describe("The record of every decision and of what came of it."),
    content: z
      .strictObject({ keep: contentRetention.default("none").describe("How long prompts and answers are kept; none = they are not stored.") })
      .default({ keep: "none" })
      .describe("Prompts and answers."),
    recovery: z
      .strictObject({
        "dump-every": interval.describe("How often the data is dumped.").optional(),
        keep: z
          .strictObject({
            hourly: copies.describe("Dumps kept, one an hour.").optional(),
            daily: copies.describe("Dumps kept, one a day.").optional(),
            weekly: copies.describe("Dumps kept, one a week.").optional(),
            monthly: copies.describe("Dumps kept, one a month.").optional(),
            yearly: copies.describe("Dumps kept, one a year.").optional(),
          })
          .describe("How many dumps are kept.")
          .optional(),
        copies: z.int().min(1).max(16).describe("On how many stores each dump lies.").optional(),
        "prove-every": interval.describe("How often a restore is proved.").optional(),
      })
      .default({})
      .describe("How the data survives a loss."),
  })
  .meta({
    title: "Freehold charter",
    description: "The rules: whose law protects whom, what each class of data may do, which risks were accepted, by whom, until when.",
  });

/** The content of a charter as the schema gives it. */
export type CharterContent = z.output<typeof charterSchema>;
