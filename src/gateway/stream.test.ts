import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { EventStream, isErrorEvent, usageIn } from "./stream.ts";

const through = (text: string, cuts: readonly number[]) => {
  const bytes = Buffer.from(text);
  const stream = new EventStream();
  const out: Buffer[] = [];
  let from = 0;
  for (const cut of [...cuts.map((at) => at % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    if (cut > from) {
      const whole = stream.push(bytes.subarray(from, cut));
      if (whole !== undefined) out.push(whole);
    }
    from = Math.max(from, cut);
  }
  return { stream, out };
};

const answer = [
  'data: {"choices":[{"delta":{"content":"a"}}],"usage":null}\n\n',
  'data: {"choices":[{"delta":{"content":"\\n\\ndata: [DONE]"}}],"usage":null}\r\n\r\n',
  ": keep-alive\n\n",
  'data: {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":34,"total_tokens":46}}\n\n',
  "data: [DONE]\n\n",
].join("");

describe("EventStream", () => {
  it("hands on every byte, whole events only, however the stream is cut", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(answer.length), { maxLength: 20 }), (cuts) => {
        const { stream, out } = through(answer, cuts);
        assert.equal(Buffer.concat(out).toString(), answer);
        for (const piece of out) assert.match(piece.toString(), /\n\r?\n$/);
        assert.deepEqual(stream.usage, { inputTokens: 12, outputTokens: 34 });
        assert.equal(stream.done, true);
        assert.equal(stream.failed, false);
        assert.equal(stream.events, 4);
      }),
    );
  });

  it("does not take [DONE] inside a text for the end: a cut stream would pass for a complete one", () => {
    const { stream } = through('data: {"choices":[{"delta":{"content":"data: [DONE]"}}]}\n\n', []);
    assert.equal(stream.done, false);
  });

  it("keeps half an event back, so that an error event can follow", () => {
    const { out } = through('data: {"a":1}\n\ndata: {"cho', []);
    assert.equal(Buffer.concat(out).toString(), 'data: {"a":1}\n\n');
  });

  it("tells a backend's error event from an answer", () => {
    assert.equal(isErrorEvent(Buffer.from('data: {"error":{"message":"x"}}\n\n')), true);
    assert.equal(isErrorEvent(Buffer.from('event: error\ndata: {"error": "x"}\n\n')), true);
    assert.equal(isErrorEvent(Buffer.from('data: {"error":null,"choices":[]}\n\n')), false);
    assert.equal(isErrorEvent(Buffer.from('data: {"choices":[]}\n\n')), false);
  });
});

describe("usageIn", () => {
  it("reads the last usage, whatever stands in the text", () => {
    assert.deepEqual(usageIn(Buffer.from('{"choices":[{"text":"\\"usage\\":{\\"prompt_tokens\\":9}"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}')), {
      inputTokens: 1,
      outputTokens: 2,
    });
    assert.deepEqual(usageIn(Buffer.from('{"data":[],"usage":{"prompt_tokens":7,"total_tokens":7}}')), { inputTokens: 7, outputTokens: 0 });
    assert.equal(usageIn(Buffer.from('{"usage":null}')), undefined);
    assert.equal(usageIn(Buffer.from("{}")), undefined);
  });
});
