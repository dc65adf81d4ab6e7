import { z } from "zod";
import { checkBackendUrl, checkServiceUrl } from "./addresses.ts";
import type { Complaint } from "./complaint.ts";
import { checkCountry, checkCountryOrGroup, countryCodes, countryGroups } from "./countries.ts";
import { checkContentRetention, checkDay, checkInterval, checkRetention, checkSize, checkTimer, checkTokenCount } from "./measures.ts";
import { checkNetwork } from "./networks.ts";
import { quoted } from "./spelling.ts";

type Check<Value> = (value: Value) => Complaint | undefined;

const refusal =
  <Value>(check: Check<Value>) =>
  (value: Value, context: z.core.$RefinementCtx<Value>): void => {
    const complaint = check(value);
    if (complaint !== undefined) context.addIssue({ code: "custom", message: complaint.message, params: { hint: complaint.hint } });
  };

/** Text with a check of its own; `shape` is what the published JSON Schema can say of it. */
const text = (check: Check<string>, shape: Record<string, unknown> = {}) => z.string().superRefine(refusal(check)).meta(shape);

const matching =
  (pattern: RegExp, what: string, hint: string): Check<string> =>
  (value) =>
    pattern.test(value) ? undefined : { message: `${quoted(value)} is not ${what}`, hint };

const patterned = (pattern: RegExp, what: string, hint: string) => text(matching(pattern, what, hint), { pattern: pattern.source });

/** Any text that says something. */
export const words = text((value) => (value.trim() === "" ? { message: "the text is empty", hint: "write something, or leave the key out" } : undefined), {
  minLength: 1,
});

/** Names that also stand in HTTP headers, metrics and reports. */
export const name = patterned(
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
  "a name",
  "1 to 64 letters, digits, dots, hyphens or underscores, beginning with a letter or digit",
);

/** The name of a model, as clients or backends write it, e.g. `mistralai/Mistral-Small-3.2`. */
export const modelName = patterned(/^[!-~]{1,256}$/, "a model name", "1 to 256 printable characters without blanks");

export const partyId = patterned(
  /^[a-z0-9][a-z0-9._-]{0,63}$/,
  "the id of a party",
  "lower-case letters, digits, dots, hyphens or underscores, such as mistral",
);

export const modelId = patterned(
  /^[a-z0-9][a-z0-9._-]{0,95}$/,
  "the id of a model",
  "lower-case letters, digits, dots, hyphens or underscores, such as mistral-small-3.2",
);

export const country = text(checkCountry, { id: "country", enum: countryCodes });
export const countries = z.array(country).min(1);
const countryOrGroup = text(checkCountryOrGroup, { id: "country-or-group", enum: [...countryGroups, ...countryCodes] });
export const countryList = z.array(countryOrGroup);

export const day = text(checkDay, { pattern: "^\\d{4}-\\d{2}-\\d{2}$", examples: ["2027-06-30"] });
export const timer = text(checkTimer, { examples: ["5s", "250ms"] });
export const interval = text(checkInterval, { examples: ["6h", "7d"] });
export const retention = text(checkRetention, { examples: ["13 months"] });
export const contentRetention = text(checkContentRetention, { examples: ["none", "30 days"] });
export const network = text(checkNetwork, { examples: ["10.0.0.0/8"] });
export const backendUrl = text(checkBackendUrl, { examples: ["https://api.mistral.ai/v1"] });
export const serviceUrl = text(checkServiceUrl, { examples: ["sftp://u1@box.example/freehold"] });

export const size = z
  .union([z.string(), z.int()])
  .superRefine(refusal(checkSize))
  .meta({ examples: ["64MB"] });
export const tokens = z
  .union([z.string(), z.int()])
  .superRefine(refusal(checkTokenCount))
  .meta({ examples: ["1M"] });

const credentialShape = /^(?:env:[A-Za-z_][A-Za-z0-9_]*|file:[^\s].*|credential:[A-Za-z0-9][A-Za-z0-9._-]*)$/;

/** A reference to a secret. The message never repeats the value, since it may be the secret itself. */
export const credential = text(
  (value) =>
    credentialShape.test(value)
      ? undefined
      : {
          message: "this is not a reference to a credential, and a secret must not stand in the estate",
          hint: "env:NAME, file:PATH or credential:NAME; if a secret stood here, replace it where it came from",
        },
  { pattern: credentialShape.source, examples: ["env:MISTRAL_API_KEY"] },
);

export const pin = patterned(/^sha256\/[A-Za-z0-9+/]{43}=$/, "a public-key pin", "sha256/ and the base64 SHA-256 of the key (44 characters)");

export const risk = text(
  matching(
    /^(?:hardware|model|developer):[a-z0-9][a-z0-9._-]{0,95}$/,
    "something that a risk concerns",
    "hardware:PARTY, model:MODEL or developer:PARTY, such as hardware:nvidia",
  ),
  { pattern: "^(hardware|model|developer):", examples: ["hardware:nvidia"] },
);

export const currency = patterned(/^[A-Z]{3}$/, "a currency", "three capital letters of ISO 4217, such as EUR");
