import { type ErrorCode, err, type Fault, fault, ok, type Result } from "#kernel";

export type JsonObject = { readonly [name: string]: unknown };

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Null and a member that is left out mean the same in all these formats. */
export const given = (value: unknown): boolean => value !== undefined && value !== null;

/**
 * Reads a client's body into another one. What is malformed or cannot be kept is noted, not thrown, and reading goes on with an empty value; the
 * first thing noted is the answer. So nothing of a refused body is ever used.
 */
export class Reading {
  #fault: Fault | undefined;

  /** Notes why the body is refused; `unsupported`: it is well-formed, but its meaning would be lost on the way. */
  refuse(param: string, message: string, code: ErrorCode = "unsupported"): void {
    this.#fault ??= fault(code, { message, param });
  }

  result<Value>(value: Value): Result<Value, Fault> {
    return this.#fault === undefined ? ok(value) : err(this.#fault);
  }

  #malformed(param: string, expected: string): void {
    this.refuse(param, `${param} must be ${expected}.`, "invalid_request");
  }

  text(value: unknown, param: string): string {
    if (typeof value === "string") return value;
    this.#malformed(param, "a string");
    return "";
  }

  list(value: unknown, param: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.#malformed(param, "a list");
    return [];
  }

  object(value: unknown, param: string): JsonObject {
    if (isObject(value)) return value;
    this.#malformed(param, "an object");
    return {};
  }

  count(value: unknown, param: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
    this.#malformed(param, "a whole number above 0");
    return 1;
  }

  /** Refuses every member that is not listed: what this house does not know it cannot keep. */
  only(object: JsonObject, known: ReadonlySet<string>, path = ""): void {
    for (const [name, value] of Object.entries(object)) {
      if (known.has(name) || !given(value)) continue;
      this.refuse(path === "" ? name : `${path}.${name}`, `The field ${JSON.stringify(name.slice(0, 64))} cannot be kept by this endpoint.`);
    }
  }

  /** Refuses the listed members with the reason, where they are given and not `false`. */
  without(object: JsonObject, refused: Readonly<Record<string, string>>, path = ""): void {
    for (const [name, why] of Object.entries(refused)) {
      const value = Object.hasOwn(object, name) ? object[name] : undefined;
      if (given(value) && value !== false) this.refuse(path === "" ? name : `${path}.${name}`, `The field ${name} cannot be kept: ${why}`);
    }
  }
}

/** The listed members that are given, as they are. */
export const kept = (object: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.filter((name) => Object.hasOwn(object, name) && given(object[name])).map((name) => [name, object[name]]));
