import type { IncomingMessage } from "node:http";
import type { Detector, Finding } from "#boundary";
import { type DataClass, isDataClass } from "#charter";
import { type Clock, err, type Fault, fault, mintRequestId, ok, parseRequestId, type RequestId, type Result } from "#kernel";

/** Headers that decide something: sent twice, nobody could tell which one counts. */
const single = new Set([
  "authorization",
  "x-api-key",
  "content-type",
  "content-length",
  "content-encoding",
  "x-request-id",
  "x-freehold-class",
  "x-freehold-origin",
]);

/** The name of a deciding header that came twice. */
export function repeatedHeader(message: IncomingMessage): string | undefined {
  const seen: string[] = [];
  const { rawHeaders } = message;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = (rawHeaders[index] ?? "").toLowerCase();
    if (!single.has(name)) continue;
    if (seen.includes(name)) return name;
    seen.push(name);
  }
  return undefined;
}

const one = (value: string | string[] | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** Found so surely that an id which holds it is not kept: a credential, an account number, or what the tenant registered. */
const isTelling = ({ type, rule }: Finding): boolean => type === "secret" || type === "iban" || rule.startsWith("known.") || rule.startsWith("pattern.");

/** One random UUID in twenty thousand is a valid IBAN, too. */
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The client's own well-formed id, else a new one. The id leaves with the request and is recorded, so a key or an account number is not kept. Plain numbers are: most of them are ids. */
export function requestIdOf(message: IncomingMessage, clock: Clock, detector: Detector): RequestId {
  const given = one(message.headers["x-request-id"]);
  const parsed = given === undefined ? undefined : parseRequestId(given);
  if (parsed === undefined || (!uuid.test(parsed) && detector.detect(parsed).some(isTelling))) {
    return mintRequestId(clock.now());
  }
  return parsed;
}

/** The key behind `Bearer `; undefined when there is none. */
export function bearerOf(message: IncomingMessage): string | undefined {
  const { authorization } = message.headers;
  if (authorization === undefined || authorization.length < 8) return undefined;
  return authorization.slice(0, 7).toLowerCase() === "bearer " ? authorization.slice(7).trim() : undefined;
}

/** The key of a request, from `Authorization` or, where its clients send it so, `x-api-key`. Two that differ are refused: nobody could tell which one counts. */
export function keyOf(message: IncomingMessage, xApiKey: boolean): Result<string | undefined, Fault> {
  const bearer = bearerOf(message);
  const other = xApiKey ? one(message.headers["x-api-key"]) : undefined;
  if (bearer !== undefined && other !== undefined && bearer !== other) {
    return err(fault("invalid_header", { message: "The headers authorization and x-api-key hold different keys.", param: "x-api-key" }));
  }
  return ok(bearer ?? other);
}

export function declaredClass(message: IncomingMessage): Result<DataClass | undefined, Fault> {
  const text = one(message.headers["x-freehold-class"]);
  if (text === undefined) return ok(undefined);
  const name = text.trim().toLowerCase();
  if (isDataClass(name)) return ok(name);
  return err(fault("invalid_header", { message: "x-freehold-class must be public, pseudonymised, sensitive or secret.", param: "x-freehold-class" }));
}

export function assertedOrigin(message: IncomingMessage): Result<string | undefined, Fault> {
  const text = one(message.headers["x-freehold-origin"]);
  if (text === undefined) return ok(undefined);
  const country = text.trim().toUpperCase();
  if (/^[A-Z]{2}$/.test(country)) return ok(country);
  return err(fault("invalid_header", { message: "x-freehold-origin must be a country code of two letters (ISO 3166-1).", param: "x-freehold-origin" }));
}
