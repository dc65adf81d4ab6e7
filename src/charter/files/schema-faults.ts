import type { z } from "zod";
import type { FileFault } from "../faults.ts";
import type { Complaint } from "./complaint.ts";
import type { FilePlace, YamlFile } from "./document.ts";
import { type FilePath, formatPath } from "./paths.ts";
import { memberOf, valueAt } from "./plain-content.ts";
import { describeAt, keysAt } from "./schema-walk.ts";
import { didYouMean, nearest, quoted } from "./spelling.ts";

/** Says what the schema's issues mean in the file, where they are, and what would be right. */
export function schemaFaults(schema: z.ZodType, issues: readonly z.core.$ZodIssue[], yaml: YamlFile): readonly FileFault[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map((segment) => (typeof segment === "symbol" ? String(segment) : segment));
    const fault = (at: FilePlace, where: FilePath, { message, hint }: { message: string; hint: string | undefined }): FileFault => ({
      file: yaml.file,
      ...at,
      path: formatPath(where),
      message,
      hint,
      severity: "error",
    });
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => fault(yaml.locateKey([...path, key]), [...path, key], unknownKey(key, keysAt(schema, path))));
    }
    if (issue.code === "invalid_key") return [fault(yaml.locateKey(path), path, complaintOf(issue.issues[0]))];
    if (path.length > 0 && valueAt(yaml.content, path) === undefined) {
      const key = String(path.at(-1));
      return [fault(yaml.locate(path.slice(0, -1)), path, { message: `${key} is missing`, hint: describeAt(schema, path) })];
    }
    return [fault(yaml.locate(path), path, explain(issue, schema, path, valueAt(yaml.content, path)))];
  });
}

/** Words that people write for keys that have another name here. */
const otherWords: Readonly<Record<string, string>> = {
  "api-base": "url",
  "base-url": "url",
  endpoint: "url",
  address: "url",
  "api-key": "credential: env:NAME, file:PATH or credential:NAME",
  key: "credential: env:NAME, file:PATH or credential:NAME",
  token: "credential: env:NAME, file:PATH or credential:NAME",
  secret: "credential: env:NAME, file:PATH or credential:NAME",
  password: "credential: env:NAME, file:PATH or credential:NAME",
  organization: "organisation",
  license: "licence",
  gpu: "hardware",
  accelerators: "hardware",
  owner: "parent",
  location: "located-in",
  provider: "operator",
  type: "kind",
  expires: "until",
  date: "as-of",
};

function unknownKey(key: string, known: readonly string[]): { message: string; hint: string | undefined } {
  const message = `${quoted(key)} is not a key that is known here`;
  const close = nearest(key, known);
  if (close !== undefined) return { message, hint: `did you mean "${close}"?` };
  const folded = key.toLowerCase().replaceAll("_", "-").replace("apikey", "api-key").replace("baseurl", "base-url");
  const other = Object.hasOwn(otherWords, folded) ? otherWords[folded] : undefined;
  if (other !== undefined && known.includes(other.split(":")[0] ?? "")) return { message, hint: `write ${other}` };
  return { message, hint: didYouMean(key, known) ?? (known.length > 0 ? `known here: ${known.join(", ")}` : undefined) };
}

const kindOf = (value: unknown): string => {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "string") return "text";
  return typeof value === "number" ? "a number" : String(value);
};

const wanted: Readonly<Record<string, string>> = {
  object: "a map of keys and values",
  record: "a map of names and values",
  array: "a list",
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function complaintOf(issue: z.core.$ZodIssue | undefined): { message: string; hint: string | undefined } {
  if (issue?.code !== "custom") return { message: "this name is not valid", hint: undefined };
  const hint = memberOf(issue.params, "hint");
  return { message: issue.message, hint: typeof hint === "string" ? hint : undefined };
}

function explain(issue: z.core.$ZodIssue, schema: z.ZodType, path: FilePath, value: unknown): { message: string; hint: string | undefined } {
  const hint = describeAt(schema, path);
  if (issue.code === "custom") return complaintOf(issue);
  if (issue.code === "invalid_type") return wrongType(issue.expected, value, hint);
  if (issue.code === "invalid_union") return { message: `text or a number is wanted here, and this is ${kindOf(value)}`, hint };
  if (issue.code === "invalid_value") return wrongValue(issue.values.map(String), value, path);
  if (issue.code === "too_small" || issue.code === "too_big") return outOfRange(issue, value, hint);
  return { message: "this is not valid", hint };
}

function wrongType(expected: string, value: unknown, hint: string | undefined): { message: string; hint: string | undefined } {
  const want = wanted[expected] ?? expected;
  if (expected === "string" && typeof value !== "object")
    return { message: `text is wanted here, and this is ${kindOf(value)}`, hint: `put it in quotes${hint === undefined ? "" : ` if it is meant: ${hint}`}` };
  if (expected === "array" && typeof value === "string")
    return { message: "a list is wanted here, and this is text", hint: `put it in brackets: [${value.length > 40 ? "…" : value}]` };
  if (expected === "object" && value === null)
    return { message: `${want} is wanted here, and this is nothing`, hint: "write {} where there is nothing to say, or leave the key out" };
  return { message: `${want} is wanted here, and this is ${kindOf(value)}`, hint };
}

function wrongValue(values: readonly string[], value: unknown, path: FilePath): Complaint | { message: string; hint: string | undefined } {
  const isVersion = path.length === 1 && values.length === 1;
  if (isVersion) return { message: `this Freehold reads version ${values[0]} of the format`, hint: `${path[0]}: ${values[0]}` };
  if (typeof value !== "string") return { message: `one of ${values.join(", ")} is wanted here, and this is ${kindOf(value)}`, hint: undefined };
  const close = nearest(value, values);
  return { message: `${quoted(value)} is none of ${values.join(", ")}`, hint: close === undefined ? "write one of them" : `did you mean "${close}"?` };
}

function outOfRange(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  value: unknown,
  hint: string | undefined,
): { message: string; hint: string | undefined } {
  if (Array.isArray(value)) return { message: "the list is empty", hint: `name one at least${hint === undefined ? "" : `: ${hint}`}` };
  const bound = issue.code === "too_small" ? `at least ${issue.minimum}` : `at most ${issue.maximum}`;
  return { message: `${String(value)} is out of range`, hint: bound };
}
