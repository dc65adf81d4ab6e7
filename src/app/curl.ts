/** A line that works as pasted: one question to the first model. */
export const curlLine = (address: string, model: string, key: string): string =>
  [
    `curl ${address}/v1/chat/completions`,
    `-H "Authorization: Bearer ${key}"`,
    `-H "Content-Type: application/json"`,
    `-d '${JSON.stringify({ model, messages: [{ role: "user", content: "Hello" }] })}'`,
  ].join(" \\\n  ");
