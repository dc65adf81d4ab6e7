import { entropy } from "../text/randomness.ts";
import type { Scan } from "../text/scanner.ts";

const label = /^ (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;

/** Key material is at least this long, in base64; what is shorter is an elision such as `…`. */
const minMaterial = 40;

/**
 * Private keys in textual form (RFC 7468, OpenSSH, OpenPGP), asked at the space after `-----BEGIN`. Reaches to the end line or, where that is
 * missing, to the next line of dashes or the end: a key that was cut off is still a key.
 */
export function privateKey(scan: Scan, space: number): number {
  const { text } = scan;
  const match = label.exec(text.slice(space, space + 72));
  if (match === null) return 0;
  const bodyStart = space + match[0].length;
  const dashes = text.indexOf("-----", bodyStart);
  const bodyEnd = dashes === -1 ? text.length : dashes;
  const sample = text.slice(bodyStart, Math.min(bodyEnd, bodyStart + 4096)).replace(/\\[nrt]|[^A-Za-z0-9+/=]/g, "");
  if (sample.length < minMaterial || entropy(sample, 0, sample.length) < 3.2) return 0;
  let end = bodyEnd;
  if (dashes !== -1 && text.startsWith("-----END", dashes)) {
    const close = text.indexOf("-----", dashes + 8);
    end = close === -1 || close > dashes + 72 ? dashes + 8 : close + 5;
  }
  scan.found.push({ type: "secret", subtype: "private_key", start: space - 10, end, confidence: 0.99, rule: "secret.private-key", class: "secret" });
  return end;
}
