import type { AnswerHeaders } from "#egress";

const longest = 86_400;

const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Whole seconds, rounded up: coming back early only meets the limit again. Undefined for what is no sensible time. */
const seconds = (value: number): number | undefined => (Number.isFinite(value) && value >= 0 ? Math.min(Math.ceil(value), longest) : undefined);

/** Go's notation, as OpenAI writes it: `1s`, `6m0s`, `1h2m3.5s`, `120ms`; bare numbers are seconds. */
function duration(text: string): number | undefined {
  if (/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text)) return seconds(Number(text));
  const parts = /^(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m(?!s))?(?:([0-9]{1,6}(?:\.[0-9]{1,9})?)s)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)ms)?$/.exec(text);
  if (parts === null || text === "") return undefined;
  const [hours, minutes, whole, thousandths] = parts.slice(1).map((part) => Number(part ?? 0));
  return seconds((hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (whole ?? 0) + (thousandths ?? 0) / 1000);
}

/** RFC 9110, section 10.2.3: seconds or an HTTP date. */
function retryAfterHeader(text: string, now: number): number | undefined {
  if (/^[0-9]{1,9}(?:\.[0-9]{1,9})?$/.test(text)) return seconds(Number(text));
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : seconds(Math.max(0, date - now) / 1000);
}

/** The limit that is used up says when; where none says so, the one that takes longest. */
function rateLimitReset(headers: AnswerHeaders): number | undefined {
  let usedUp: number | undefined;
  let any: number | undefined;
  for (const kind of ["requests", "tokens"]) {
    const reset = duration(first(headers[`x-ratelimit-reset-${kind}`]) ?? "");
    if (reset === undefined) continue;
    any = Math.max(any ?? 0, reset);
    if (first(headers[`x-ratelimit-remaining-${kind}`]) === "0") usedUp = Math.max(usedUp ?? 0, reset);
  }
  return usedUp ?? any;
}

/**
 * Whole seconds until a retry makes sense, from `retry-after-ms`, `retry-after` or, on a 429, `x-ratelimit-reset-*`; at most a day.
 * `now` in milliseconds since the epoch.
 */
export function retryAfterOf(status: number, headers: AnswerHeaders, now: number): number | undefined {
  const milliseconds = first(headers["retry-after-ms"]);
  if (milliseconds !== undefined && /^[0-9]{1,12}(?:\.[0-9]{1,9})?$/.test(milliseconds)) return seconds(Number(milliseconds) / 1000);
  const text = first(headers["retry-after"]);
  const told = text === undefined ? undefined : retryAfterHeader(text.trim(), now);
  return told ?? (status === 429 ? rateLimitReset(headers) : undefined);
}
