import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AnswerReader } from "./answer-reader.ts";

const answers = {
  length: 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"a":"\r\n"}x',
  empty: "HTTP/1.1 204 No Content\r\ncontent-length: 0\r\n\r\n",
  chunks: "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\ndata: {}\n\r\nE;x=y\r\ndata: [DONE]\n\n\r\n0\r\nTrailer: x\r\n\r\n",
  continued: "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\ncontent-length: 4\r\n\r\nnone",
} as const;

/** Feeds the pieces; after which of them the answer was whole. */
function feed(reader: AnswerReader, pieces: readonly Buffer[]): number {
  return pieces.findIndex((piece) => reader.push(piece));
}

const cut = (text: string, places: readonly number[]): readonly Buffer[] => {
  const bytes = Buffer.from(text, "latin1");
  const ends = [...new Set(places.map((place) => place % bytes.length)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end)).filter((piece) => piece.length > 0);
};

describe("AnswerReader", () => {
  for (const [kind, text] of Object.entries(answers)) {
    it(`ends a ${kind} answer with its last byte however it is cut, so that no figure counts half an answer`, () => {
      fc.assert(
        fc.property(fc.array(fc.nat(), { maxLength: 12 }), (places) => {
          const pieces = cut(text, places);
          const reader = new AnswerReader();
          assert.equal(feed(reader, pieces), pieces.length - 1);
          assert.equal(reader.status, Number(/(?<=1\.1 )[2-5]\d\d/.exec(text)?.[0]));
        }),
      );
    });
  }

  it("keeps the end of a stream, so that a stream without [DONE] counts as failed", () => {
    const reader = new AnswerReader();
    assert.ok(reader.push(Buffer.from(answers.chunks)));
    assert.match(reader.tail, /\[DONE\]/);
  });

  it("knows a first byte only once there is a body, so that heads sent early do not flatter a target", () => {
    const reader = new AnswerReader();
    const [head = "", body = ""] = answers.length.split(/(?<=\r\n\r\n)/);
    assert.equal(reader.push(Buffer.from(head)), false);
    assert.equal(reader.begun, false);
    assert.equal(reader.push(Buffer.from(body)), true);
    assert.equal(reader.begun, true);
  });

  it("shows what an error answer said", () => {
    const reader = new AnswerReader();
    assert.ok(reader.push(Buffer.from(answers.continued)));
    assert.equal(reader.text, "none");
  });

  it("refuses what has no length, so that a run does not wait for its end for ever", () => {
    assert.throws(() => new AnswerReader().push(Buffer.from("HTTP/1.1 200 OK\r\n\r\n")), /without a length/);
    assert.throws(() => new AnswerReader().push(Buffer.from("SSH-2.0-x\r\n\r\n")), /not an HTTP/);
  });
});
