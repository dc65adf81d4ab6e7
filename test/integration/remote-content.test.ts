import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { charter, estateWith } from "./files.ts";
import { type House, startHouse, tidy } from "./house.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

const addresses = [
  "https://evil.example/x.png",
  "http://169.254.169.254/latest",
  " https://evil.example",
  "HTTPS://evil.example",
  "file:///etc/passwd",
  "gs://bucket/x",
  "s3://bucket/x",
];

describe("content that lies elsewhere", () => {
  let upstream: Upstream;
  let house: House;
  before(async () => {
    upstream = await startUpstream();
    house = await startHouse({ charter, estate: estateWith([{ name: "own", url: upstream.url, kind: "own" }]) });
  });
  after(async () => {
    await tidy();
    await upstream?.close();
  });

  it("an address in a content part is refused in every format, so that no backend fetches from where no rule looked", async () => {
    const user = (part: object) => ({ messages: [{ role: "user", content: [part] }], max_tokens: 9 });
    const input = (part: object) => ({ input: [{ role: "user", content: [part] }] });
    const parts = (url: string): readonly (readonly [string, object])[] => [
      ["chat/completions", user({ type: "image_url", image_url: { url } })],
      ["chat/completions", user({ type: "image_url", image_url: url })],
      ["chat/completions", user({ image_url: url })],
      ["chat/completions", user({ type: "input_image", image_url: url })],
      ["chat/completions", user({ type: "audio_url", audio_url: { url } })],
      ["chat/completions", user({ type: "video_url", video_url: { url } })],
      ["chat/completions", user({ type: "file", file: { file_url: url } })],
      ["chat/completions", user({ type: "file", file: { file_data: url } })],
      ["chat/completions", user({ type: "input_file", file_url: url })],
      ["responses", input({ type: "input_image", image_url: url })],
      ["responses", input({ type: "input_file", file_url: url })],
      ["messages", user({ type: "image", source: { type: "url", url } })],
      ["messages", user({ type: "document", source: { type: "url", url } })],
      ["messages", user({ type: "tool_result", tool_use_id: "t", content: [{ type: "image", source: { type: "url", url } }] })],
    ];
    for (const url of addresses) {
      for (const [path, content] of parts(url)) {
        const response = await house.fetch(`/v1/${path}`, {
          method: "POST",
          body: JSON.stringify({ model: "assistant", ...content }),
          headers: { "x-freehold-origin": "DE" },
        });
        const { error } = (await response.json()) as { error: { code: string } };
        assert.deepEqual([response.status, error.code], [400, "destination_override"], `${path} ${JSON.stringify(content)}`);
      }
    }
    assert.equal(upstream.received.length, 0);
  });

  it("an image that comes with the request passes, and so does an address in a text", async () => {
    const content = [
      { type: "text", text: "See https://example.org/x.png" },
      { type: "image_url", image_url: { url: "data:image/png;base64,iVBORw0KGgo=" } },
      { type: "input_audio", input_audio: { data: "AAAA", format: "wav" } },
    ];
    const body = JSON.stringify({ model: "assistant", messages: [{ role: "user", content }] });
    assert.equal((await house.fetch("/v1/chat/completions", { method: "POST", body, headers: { "x-freehold-origin": "DE" } })).status, 200);
  });
});
