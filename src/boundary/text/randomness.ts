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

const standIn =
  /(?:^|[^a-z])(?:example|sample|dummy|placeholder|changeme|change[-_]me|redacted|insert|fake|todo)(?:$|[^a-z])|(?:^|[^a-z])(?:your|my|replace)[-_ ]|x{5}|\*{3}|\.{3}|<[a-z]|\$\{|\{\{|%[({]|^\$[a-z(_]|1234567890(?:abcdef|$)|12345678abcdef|abcdefgh|^none$|^null$|^undefined$|^true$|^false$/i;

/** Whether the value only holds the place of a secret, as documentation and templates do. */
export const isStandIn = (value: string): boolean => standIn.test(value.length > 256 ? value.slice(0, 256) : value) || value.endsWith("EXAMPLE");

const tokenStandIn = /[xX]{6}|\*{3}|[Yy]our[-_]|[Hh]ere$|EXAMPLE/;

/** The same for what follows a vendor's prefix, where random text holds short words by chance. */
export const isTokenStandIn = (body: string): boolean => tokenStandIn.test(body.length > 256 ? body.slice(0, 256) : body);
