import type { Scan } from "../text/scanner.ts";

/** A manifest longer than this is read in part. */
const maxManifest = 8192;

const kind = /^:\s{0,4}["']?[Ss]ecret["']?\s/;

/** Members of `data` and `stringData`: a name, and a value of its own line or of the next. */
const member = /^[ \t]+["']?[\w.-]{1,128}["']?:[ \t]*(?:[|>][+-]?[ \t]*\r?\n[ \t]+)?["']?([^\s"'#]{6,2048})["']?[ \t]*\r?$/gm;

const block = /^([ \t]*)(?:data|stringData):[ \t]*\r?$/gm;

const encoded = /^[A-Za-z0-9+/]{10,}={0,2}$/;

/** The manifest that holds the place, between the next `kind:` or `---` on both sides, and where it begins. */
function manifestAround(text: string, colon: number): { manifest: string; offset: number } {
  const name = colon - 4;
  const first = Math.max(0, name - maxManifest);
  const before = text.slice(first, name);
  const after = text.slice(colon, colon + maxManifest);
  const otherBefore = before.lastIndexOf("kind:");
  const otherAfter = after.indexOf("kind:");
  const own = before.slice(otherBefore + 1);
  const start = otherBefore + 1 + Math.max(0, own.lastIndexOf("\n---"));
  const rest = otherAfter === -1 ? after : after.slice(0, otherAfter);
  const separator = rest.indexOf("\n---");
  return { manifest: before.slice(start) + text.slice(name, colon) + (separator === -1 ? rest : rest.slice(0, separator)), offset: first + start };
}

/** The values of a Secret of Kubernetes, whatever their names are. Asked at the colon of `kind: Secret`. */
export function kubernetesSecret(scan: Scan, colon: number): number {
  const { text } = scan;
  if (!text.startsWith("kind", colon - 4) || !kind.test(text.slice(colon, colon + 20))) return 0;
  const { manifest, offset } = manifestAround(text, colon);
  for (const { index, 0: opening, 1: indent = "" } of manifest.matchAll(block)) {
    const from = index + opening.length;
    const rest = manifest.slice(from);
    const stop = rest.search(new RegExp(`\\n[ \\t]{0,${indent.length}}[^\\s]`));
    const body = stop === -1 ? rest : rest.slice(0, stop + 1);
    const plain = opening.includes("stringData");
    for (const match of body.matchAll(member)) add(scan, offset + from + match.index, match, plain);
  }
  return 0;
}

function add(scan: Scan, at: number, match: RegExpExecArray, plain: boolean): void {
  const value = match[1] ?? "";
  if (!plain && !encoded.test(value)) return;
  const start = at + match[0].lastIndexOf(value);
  scan.found.push({
    type: "secret",
    subtype: "kubernetes.secret",
    start,
    end: start + value.length,
    confidence: 0.85,
    rule: "secret.kubernetes",
    class: "secret",
  });
}
