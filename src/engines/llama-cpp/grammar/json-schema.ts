import { err, ok, type Result } from "#kernel";
import { jsonTerms, literal } from "./json-terms.ts";

type Schema = Readonly<Record<string, unknown>>;

/** Why no grammar can be made of a schema. */
export interface SchemaFault {
  readonly message: string;
}

/** Assertions of JSON Schema (2020-12) that a context-free grammar cannot hold, or that this one does not. */
const notEnforced = [
  "pattern",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "patternProperties",
  "propertyNames",
  "dependentRequired",
  "dependentSchemas",
  "contains",
  "not",
  "if",
  "unevaluatedProperties",
  "unevaluatedItems",
];

const schemasAtMost = 2000;
const depthAtMost = 64;
/** llama.cpp refuses larger repetitions. */
const repetitionsAtMost = 1000;
const types = ["object", "array", "string", "number", "integer", "boolean", "null"];

class Unsuitable extends Error {}

const isRecord = (value: unknown): value is Schema => typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

class GrammarBuilder {
  readonly #root: Schema;
  readonly #strict: boolean;
  readonly #rules = new Map<string, string>(Object.entries(jsonTerms));
  readonly #references = new Map<string, string>();
  #schemas = 0;

  constructor(root: Schema, strict: boolean) {
    this.#root = root;
    this.#strict = strict;
  }

  build(): string {
    const root = this.#schema(this.#root, 0);
    return [`root ::= ${root}`, ...[...this.#rules].map(([name, body]) => `${name} ::= ${body}`)].join("\n");
  }

  #rule(body: string): string {
    const name = `r${this.#rules.size}`;
    this.#rules.set(name, body);
    return name;
  }

  /** An assertion that the grammar cannot hold: refused where the client asked for strictness, passed over elsewhere. */
  #giveUp(what: string): void {
    if (this.#strict) throw new Unsuitable(`the schema uses ${what}, which cannot be enforced; leave it out or set strict to false`);
  }

  /** Gives the name of a rule. */
  #schema(schema: unknown, depth: number): string {
    this.#schemas += 1;
    if (this.#schemas > schemasAtMost || depth > depthAtMost) throw new Unsuitable("the schema is too large or too deep");
    if (schema === true || schema === undefined) return "value";
    if (!isRecord(schema)) throw new Unsuitable("a schema must be an object or true");
    for (const keyword of notEnforced) if (keyword in schema) this.#giveUp(keyword);
    if (typeof schema.$ref === "string") return this.#reference(schema.$ref, depth);
    if ("const" in schema) return this.#rule(this.#constant(schema.const));
    if (Array.isArray(schema.enum)) return this.#choice(schema.enum.map((value) => this.#constant(value)));
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (Array.isArray(alternatives)) {
      if ("type" in schema || "properties" in schema) this.#giveUp("anyOf or oneOf beside other assertions");
      return this.#choice(alternatives.map((alternative) => this.#schema(alternative, depth + 1)));
    }
    if (Array.isArray(schema.allOf)) return this.#schema(this.#merge(schema, schema.allOf), depth + 1);
    if (Array.isArray(schema.type)) return this.#choice(schema.type.map((type: unknown) => this.#schema({ ...schema, type }, depth + 1)));
    return this.#typed(schema, depth);
  }

  #typed(schema: Schema, depth: number): string {
    const type = schema.type ?? ("properties" in schema ? "object" : "items" in schema || "prefixItems" in schema ? "array" : undefined);
    if (type === undefined) return "value";
    if (typeof type !== "string" || !types.includes(type)) throw new Unsuitable(`${JSON.stringify(type)} is not a type of JSON Schema`);
    if (type === "object") return this.#object(schema, depth);
    if (type === "array") return this.#array(schema, depth);
    if (type === "string") return this.#string(schema);
    return type;
  }

  #choice(alternatives: readonly string[]): string {
    if (alternatives.length === 0) throw new Unsuitable("the schema admits no value");
    return this.#rule(alternatives.join(" | "));
  }

  #constant(value: unknown): string {
    return literal(JSON.stringify(value));
  }

  /** A JSON pointer within the same schema (RFC 6901). Recursion is a rule that names itself. */
  #reference(pointer: string, depth: number): string {
    const known = this.#references.get(pointer);
    if (known !== undefined) return known;
    const name = `ref${this.#references.size}`;
    this.#references.set(pointer, name);
    this.#rules.set(name, this.#schema(this.#resolve(pointer), depth + 1));
    return name;
  }

  #resolve(pointer: string): unknown {
    if (pointer !== "#" && !pointer.startsWith("#/")) throw new Unsuitable("$ref must point into the schema itself");
    let target: unknown = this.#root;
    for (const step of pointer.split("/").slice(1)) {
      const key = decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~");
      target = typeof target === "object" && target !== null && Object.hasOwn(target, key) ? (target as Schema)[key] : undefined;
    }
    if (target === undefined) throw new Unsuitable(`$ref ${JSON.stringify(pointer.slice(0, 80))} points nowhere`);
    return target;
  }

  #merge(schema: Schema, parts: readonly unknown[]): Schema {
    const { allOf: _, ...base } = schema;
    let merged: Schema = base;
    for (const part of parts) {
      const resolved = isRecord(part) && typeof part.$ref === "string" ? this.#resolve(part.$ref) : part;
      if (!isRecord(resolved)) throw new Unsuitable("allOf must hold schemas");
      const properties = { ...(isRecord(merged.properties) ? merged.properties : {}), ...(isRecord(resolved.properties) ? resolved.properties : {}) };
      const required = [...(Array.isArray(merged.required) ? merged.required : []), ...(Array.isArray(resolved.required) ? resolved.required : [])];
      if (parts.length > 1 && !("properties" in resolved)) this.#giveUp("allOf over other things than objects");
      merged = { ...merged, ...resolved, ...(Object.keys(properties).length > 0 && { properties, required }) };
    }
    return merged;
  }

  #object(schema: Schema, depth: number): string {
    const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
    const required = Array.isArray(schema.required) ? schema.required : [];
    if (properties.length === 0) return this.#map(schema, depth);
    if (required.some((key) => !properties.some(([name]) => name === key))) throw new Unsuitable("required names a property that properties lacks");
    // What may follow once a property is written, and what may follow while none is; from the last property backwards.
    let after = '""';
    let before = '""';
    for (const [key, value] of properties.reverse()) {
      const pair = this.#rule(`${literal(JSON.stringify(key))} colon ${this.#schema(value, depth + 1)}`);
      const mandatory = required.includes(key);
      before = this.#rule(mandatory ? `${pair} ${after}` : `${pair} ${after} | ${before}`);
      after = this.#rule(mandatory ? `comma ${pair} ${after}` : `(comma ${pair})? ${after}`);
    }
    return this.#rule(`"{" ${before} "}"`);
  }

  /** An object without named properties. */
  #map(schema: Schema, depth: number): string {
    const additional = schema.additionalProperties;
    if (additional === false) return this.#rule('"{}"');
    if (!isRecord(additional)) return "object";
    const pair = this.#rule(`string colon ${this.#schema(additional, depth + 1)}`);
    return this.#rule(`"{" (${pair} (comma ${pair})*)? "}"`);
  }

  #array(schema: Schema, depth: number): string {
    const prefix = Array.isArray(schema.prefixItems) ? schema.prefixItems.map((item) => this.#schema(item, depth + 1)) : [];
    const least = Math.max(0, this.#count(schema.minItems, "minItems", 0) - prefix.length);
    const most = schema.items === false ? 0 : this.#count(schema.maxItems, "maxItems", Number.POSITIVE_INFINITY) - prefix.length;
    if (most < least) throw new Unsuitable("the schema admits no array");
    const [first, ...rest] = prefix;
    if (first !== undefined) {
      const more = most === 0 ? "" : ` (comma ${this.#schema(schema.items, depth + 1)})${this.#times(least, most)}`;
      return this.#rule(`"[" ${first}${rest.map((item) => ` comma ${item}`).join("")}${more} "]"`);
    }
    if (most === 0) return this.#rule('"[]"');
    const item = this.#schema(schema.items, depth + 1);
    const items = `${item} (comma ${item})${this.#times(Math.max(0, least - 1), most - 1)}`;
    return this.#rule(least === 0 ? `"[" (${items})? "]"` : `"[" ${items} "]"`);
  }

  #string(schema: Schema): string {
    if (typeof schema.format === "string" && ["date", "time", "date-time", "uuid"].includes(schema.format)) {
      return this.#rule(String.raw`"\"" ${schema.format} "\""`);
    }
    const least = this.#count(schema.minLength, "minLength", 0);
    const most = this.#count(schema.maxLength, "maxLength", Number.POSITIVE_INFINITY);
    if (most < least) throw new Unsuitable("the schema admits no string");
    return least === 0 && most === Number.POSITIVE_INFINITY ? "string" : this.#rule(String.raw`"\"" char${this.#times(least, most)} "\""`);
  }

  #count(value: unknown, keyword: string, otherwise: number): number {
    if (value === undefined) return otherwise;
    if (!isCount(value)) throw new Unsuitable(`${keyword} must be a whole number`);
    if (value <= repetitionsAtMost) return value;
    this.#giveUp(`${keyword} above ${repetitionsAtMost}`);
    return otherwise;
  }

  #times(least: number, most: number): string {
    return most === Number.POSITIVE_INFINITY ? `{${least},}` : `{${least},${most}}`;
  }
}

/**
 * A GBNF grammar whose texts are JSON documents that the schema admits. With `strict`, an assertion that a grammar cannot hold is a
 * fault; without it, it is passed over. Properties come in the order of the schema, and no others than those it names.
 */
export function grammarOf(schema: unknown, strict: boolean): Result<string, SchemaFault> {
  if (!isRecord(schema)) return err({ message: "the schema must be an object" });
  try {
    return ok(new GrammarBuilder(schema, strict).build());
  } catch (cause) {
    if (cause instanceof Unsuitable || cause instanceof URIError) return err({ message: cause.message });
    throw cause;
  }
}
