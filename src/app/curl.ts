export interface Question {
  readonly address: string;
  readonly model: string;
  readonly key: string;
  /** Country to assert, where the charter refuses to guess it; believed for keys that may assert it, as an admin key may. */
  readonly origin: string | undefined;
}

/** A line that works as pasted: one question to the first model. */
export const curlLine = ({ address, model, key, origin }: Question): string =>
  [
    `curl ${address}/v1/chat/completions`,
    `-H "Authorization: Bearer ${key}"`,
    `-H "Content-Type: application/json"`,
    ...(origin === undefined ? [] : [`-H "x-freehold-origin: ${origin}"`]),
    `-d '${JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] })}'`,
  ].join(" \\\n  ");
