const counts = new Uint16Array(128);

/** Shannon entropy in bits per character over ASCII; characters beyond ASCII count as one. At most 4096 characters are looked at. */
export function entropy(text: string, start: number, end: number): number {
  const stop = Math.min(end, start + 4096);
  const length = stop - start;
  if (length <= 0) return 0;
  counts.fill(0);
  for (let index = start; index < stop; index += 1) {
    const code = text.charCodeAt(index);
    const slot = code < 128 ? code : 127;
    counts[slot] = (counts[slot] ?? 0) + 1;
  }
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / length) * Math.log2(count / length);
  }
  return bits;
}

/** Whether every second character or so follows from the one before, as in `abc123xyz`, `12345678-ABCD` and `aAbBcC`: typed, not drawn. */
function isSequence(value: string): boolean {
  if (value.length < 12) return false;
  let steps = 0;
  let repeats = 0;
  let pairs = 0;
  for (let index = 1; index < value.length; index += 1) {
    const before = value.charCodeAt(index - 1) | 32;
    const code = value.charCodeAt(index) | 32;
    if (code === 45 || code === 46) continue;
    pairs += 1;
    const step = code - before;
    if (step === 1 || step === -9) steps += 1;
    else if (step === 0) repeats += 1;
  }
  return steps >= 0.3 * pairs && steps + repeats >= 0.45 * pairs;
}

const standIn =
  /(?:^|[^a-z])(?:example|sample|dummy|placeholder|changeme|change[-_]me|redacted|insert|fake|todo|beispiel|exemple|ejemplo)(?:$|[^a-z])|(?:^|[^a-z])(?:your|my|replace|put|dein|ihr|votre)[-_ ]|x{5}|\*{3}|#{4}|\b(\w{3,8})[-_.]\1[-_.]\1\b|\.{3}|…|<[a-z]|\$\{|\{\{|%[({]|^\$[a-z(_]|(?:clear|plain)text|^none$|^null$|^undefined$|^true$|^false$/i;

/** What vendors print for everyone: the keys of Azure's emulators of storage and Cosmos DB, the passwords of NuGet's documentation. */
const published = new Set([
  ["Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq", "K1SZFPTOtr", "KBHBeksoGMGw=="].join("/"),
  ["C2y6yDjf5", "R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw", "Jw=="].join("/"),
  "33f!!lloppa",
  "hal+9ooo_da!sY",
]);

/** Whether the value only holds the place of a secret, as documentation and templates do. */
export const isStandIn = (value: string): boolean =>
  published.has(value) || standIn.test(value.length > 256 ? value.slice(0, 256) : value) || value.endsWith("EXAMPLE") || isSequence(value.slice(0, 256));

const tokenStandIn = /[xX]{6}|\*{3}|[Yy]our[-_]|YOUR_|[Hh]ere$|_HERE_|EXAMPLE/;

/** The same for what follows a vendor's prefix, where random text holds short words by chance. */
export const isTokenStandIn = (body: string): boolean => tokenStandIn.test(body.length > 256 ? body.slice(0, 256) : body) || isSequence(body.slice(0, 256));

/** Whether the text breaks off behind the value with dots, as a sample of one does. */
export const isElided = (text: string, end: number): boolean => text.charCodeAt(end) === 0x2026 || text.startsWith("...", end);
