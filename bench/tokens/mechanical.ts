import { createStreamRestorer, restore, Vault } from "#boundary";
import { carriers, decoys, filled } from "./carriers.ts";
import { type Channel, channels } from "./channels.ts";
import { reader } from "./reading.ts";
import { type Shape, shapes } from "./shapes.ts";

export interface Counts {
  readonly exact: number;
  readonly altered: number;
  readonly lost: number;
}

export interface ShapeResult {
  readonly shape: string;
  readonly example: string;
  readonly total: Counts;
  /** By group of channels. */
  readonly groups: Readonly<Record<string, Counts>>;
  /** Channels that lose at least one token. */
  readonly losing: readonly string[];
  /** Tokens of a hundred that the same reader finds in ordinary text without any. */
  readonly falselyRead: number;
  /** What the product itself restores of all tokens; for its own shape alone. */
  readonly restored?: number;
}

const sum = (one: Counts, other: Counts): Counts => ({ exact: one.exact + other.exact, altered: one.altered + other.altered, lost: one.lost + other.lost });
const none: Counts = { exact: 0, altered: 0, lost: 0 };
const counted = (fate: keyof Counts): Counts => ({ ...none, [fate]: 1 });

/** Each carrier with tokens of its own. */
const textsOf = (shape: Shape): readonly { readonly text: string; readonly tokens: readonly string[] }[] =>
  carriers.map(({ text }, index) => {
    const tokens = [shape.token("person", 2 * index + 1), shape.token("person", 2 * index + 2), shape.token("email", index + 1)] as const;
    return { text: filled(text, ...tokens), tokens };
  });

function through(channel: Channel, shape: Shape): Counts {
  return textsOf(shape)
    .flatMap(({ text, tokens }) => {
      const after = channel.apply(text, tokens);
      return tokens.map((token) => counted(reader(token)(after)));
    })
    .reduce(sum, none);
}

function falselyRead(shape: Shape): number {
  const tokens = Array.from({ length: 100 }, (_, index) => shape.token(index % 2 === 0 ? "person" : "email", index + 1));
  return tokens.filter((token) => decoys.some((text) => reader(token)(text) !== "lost")).length;
}

/** How many tokens the product itself restores after each channel, with nothing but its own vault. */
function restoredBy(shape: Shape): number {
  let restored = 0;
  for (const channel of channels) {
    for (const { text, tokens } of textsOf(shape)) {
      const vault = new Vault(new Map(tokens.map((token, index) => [token, { value: `⟦${index}⟧`, joined: false }])));
      const back = restore(channel.apply(text, tokens), vault);
      // Encodings show the value in their own writing.
      restored += tokens.filter((_token, index) => back.includes(`⟦${index}⟧`) || back.includes(encodeURIComponent(`⟦${index}⟧`))).length;
    }
  }
  return restored;
}

/** All shapes through all channels. */
export function mechanicalResults(): readonly ShapeResult[] {
  return shapes.map((shape, index) => {
    const rows = channels.map((channel) => ({ channel, counts: through(channel, shape) }));
    const groups: Record<string, Counts> = {};
    for (const { channel, counts } of rows) groups[channel.group] = sum(groups[channel.group] ?? none, counts);
    return {
      shape: shape.name,
      example: shape.example,
      total: rows.map(({ counts }) => counts).reduce(sum, none),
      groups,
      losing: rows.filter(({ counts }) => counts.lost > 0).map(({ channel }) => `${channel.group}: ${channel.name}`),
      falselyRead: falselyRead(shape),
      ...(index === 0 && { restored: restoredBy(shape) }),
    };
  });
}

/** How many of the streams come back whole: each carrier as chat events, cut into pieces of every size from one byte to sixty-four. */
export function streamResults(): { readonly streams: number; readonly whole: number } {
  const [own] = shapes;
  let streams = 0;
  let whole = 0;
  if (own === undefined) return { streams, whole };
  for (const { text, tokens } of textsOf(own)) {
    const vault = new Vault(new Map(tokens.map((token, index) => [token, { value: `value ${index} 😀`, joined: false }])));
    const bytes = Buffer.from(
      Array.from(text, (content) => `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`).join(""),
    );
    for (let size = 1; size <= 64; size += 1) {
      const restorer = createStreamRestorer(vault);
      const out: Buffer[] = [];
      for (let at = 0; at < bytes.length; at += size) out.push(...restorer.push(bytes.subarray(at, at + size)));
      const events = Buffer.concat([...out, ...restorer.end()])
        .toString()
        .trimEnd()
        .split("\n\n");
      const joined = events.map((event) => (JSON.parse(event.slice(6)) as { choices: [{ delta: { content: string } }] }).choices[0].delta.content).join("");
      streams += 1;
      if (joined === restore(text, vault) && !tokens.some((token) => joined.includes(token))) whole += 1;
    }
  }
  return { streams, whole };
}
