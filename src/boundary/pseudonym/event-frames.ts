/** Cuts a stream of server-sent events into events, whatever the chunks (WHATWG HTML, section 9.2). Lines end in LF or CRLF. */
export interface EventFrames {
  /** The events that are complete now, each with its closing blank line, as the bytes came. */
  push(chunk: Buffer): readonly Buffer[];
  /** What was left without a blank line. */
  end(): Buffer;
}

const LF = 10;
const CR = 13;

/** An event longer than this is passed on in pieces, unread: memory stays bounded, and an answer with tokens in it leaks nothing. */
const maxEvent = 8 * 1024 * 1024;

export function createEventFrames(): EventFrames {
  let parts: Buffer[] = [];
  let size = 0;
  /** How long the line is that a chunk left open, and its last byte. */
  let openLine = 0;
  let lastByte = 0;

  function take(): Buffer {
    const event = parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
    parts = [];
    size = 0;
    return event;
  }

  return {
    push(chunk: Buffer): readonly Buffer[] {
      const events: Buffer[] = [];
      let eventStart = 0;
      let lineStart = 0;
      for (let index = chunk.indexOf(LF); index !== -1; index = chunk.indexOf(LF, index + 1)) {
        const length = openLine + index - lineStart;
        const beforeIt = index > lineStart ? chunk[index - 1] : lastByte;
        openLine = 0;
        lineStart = index + 1;
        if (length > 1 || (length === 1 && beforeIt !== CR)) continue;
        parts.push(chunk.subarray(eventStart, index + 1));
        events.push(take());
        eventStart = index + 1;
      }
      openLine += chunk.length - lineStart;
      lastByte = chunk.at(-1) ?? lastByte;
      if (eventStart < chunk.length) {
        // A copy, since whoever read the chunk may use its memory again.
        parts.push(Buffer.from(chunk.subarray(eventStart)));
        size += chunk.length - eventStart;
      }
      if (size > maxEvent) events.push(take());
      return events;
    },
    end(): Buffer {
      openLine = 0;
      return take();
    },
  };
}
