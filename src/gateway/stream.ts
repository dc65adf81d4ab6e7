const lineFeed = 10;
const carriageReturn = 13;
/** An event that does not end within this many bytes is passed on as it comes. */
const longestEvent = 1 << 20;
const mostPieces = 1024;

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** Index just past the last blank line, or 0. */
function endOfLastEvent(bytes: Buffer): number {
  const bare = bytes.lastIndexOf("\n\n");
  const full = bytes.lastIndexOf("\r\n\r\n");
  return Math.max(bare === -1 ? 0 : bare + 2, full === -1 ? 0 : full + 4);
}

function endsEvent(bytes: Buffer): boolean {
  const last = bytes.length - 1;
  if (bytes[last] !== lineFeed) return false;
  return bytes[last - 1] === lineFeed || (bytes[last - 1] === carriageReturn && bytes[last - 2] === lineFeed);
}

/** The last `usage` object in an answer or in events; undefined when there is none, it is null, or no counter could hold its figures. */
export function usageIn(bytes: Buffer): Usage | undefined {
  const at = bytes.lastIndexOf('"usage"');
  if (at === -1) return undefined;
  const text = bytes.toString("utf8", at + 7, Math.min(bytes.length, at + 2055));
  const open = /^\s*:\s*\{/.exec(text);
  if (open === null) return undefined;
  const prompt = /"prompt_tokens"\s*:\s*(\d+)/.exec(text);
  const completion = /"completion_tokens"\s*:\s*(\d+)/.exec(text);
  if (prompt === null) return undefined;
  const usage = { inputTokens: Number(prompt[1]), outputTokens: completion === null ? 0 : Number(completion[1]) };
  return Number.isSafeInteger(usage.inputTokens) && Number.isSafeInteger(usage.outputTokens) ? usage : undefined;
}

/**
 * Watches a stream of server-sent events go by: hands on whole events only (so that an error event can follow at any time), and remembers what the
 * outcome needs: how many events there were, the last usage, and whether `[DONE]` came.
 */
export class EventStream {
  /** The event that is not complete yet, in the pieces in which it came: joining them at each chunk would cost its length squared. */
  #pieces: Buffer[] = [];
  #size = 0;
  /** The last bytes of the pieces, in which a blank line may have begun. */
  #tail: Buffer = Buffer.alloc(0);
  #last: Buffer | undefined;
  events = 0;
  usage: Usage | undefined;

  /** The whole events that are now complete; undefined when there are none yet. */
  push(chunk: Buffer): Buffer | undefined {
    if (this.#size === 0 && endsEvent(chunk)) {
      this.#watch(chunk);
      return chunk;
    }
    const seen = Buffer.concat([this.#tail, chunk]);
    if (endOfLastEvent(seen) === 0 && this.#size + chunk.length <= longestEvent) {
      this.#hold(chunk, seen);
      return undefined;
    }
    const joined = Buffer.concat([...this.#pieces, chunk]);
    const end = endsEvent(joined) || joined.length > longestEvent ? joined.length : endOfLastEvent(joined);
    const rest = joined.subarray(end);
    this.#pieces = [];
    this.#size = 0;
    this.#hold(rest, rest);
    const whole = joined.subarray(0, end);
    this.#watch(whole);
    return whole;
  }

  /** Keeps a piece; `end` closes with the last bytes of all that is kept. Very many small ones become one, since each costs more than its bytes. */
  #hold(piece: Buffer, end: Buffer): void {
    if (piece.length > 0) this.#pieces.push(piece);
    if (this.#pieces.length === mostPieces) this.#pieces = [Buffer.concat(this.#pieces)];
    this.#size += piece.length;
    this.#tail = end.subarray(-3);
  }

  #watch(whole: Buffer): void {
    this.#last = whole;
    for (let at = whole.indexOf("data:"); at !== -1; at = whole.indexOf("\ndata:", at + 5)) this.events += 1;
    const usage = usageIn(whole);
    if (usage !== undefined) this.usage = usage;
  }

  /** True when the stream so far closes with `data: [DONE]`. */
  get done(): boolean {
    return this.#last !== undefined && /(?:^|\n)data: ?\[DONE\]\s*$/.test(this.#last.toString("latin1", Math.max(0, this.#last.length - 32)));
  }

  /** True when the last whole event is an error of the backend's own. */
  get failed(): boolean {
    return this.#last !== undefined && isErrorEvent(this.#last);
  }
}

/** True for events that begin with an error instead of an answer. */
export const isErrorEvent = (events: Buffer): boolean => /^(?:event: ?error\r?\n)?data: ?\{\s*"error"\s*:\s*[^n\s]/.test(events.toString("latin1", 0, 64));
