import { type Alias, isAlias, isCollection, isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { FileFault } from "../faults.ts";
import { type FilePath, formatPath, parsePath } from "./paths.ts";
import { yamlComplaint } from "./yaml-faults.ts";

/** A place in a file; line and column (UTF-16 code units) count from 1. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** The place of the value at a path; where there is none, of the nearest thing above it. Takes `a.b[0]` or its segments. */
export type Locate = (path: string | FilePath) => FilePlace;

/** A YAML file as plain content, with the way back from each path to its place. */
export interface YamlFile {
  readonly file: string;
  /** Maps as objects, lists as arrays, aliases resolved. */
  readonly content: unknown;
  readonly locate: Locate;
  /** The place of the key at a path. */
  readonly locateKey: Locate;
  readonly faults: readonly FileFault[];
  /** False when the file is not YAML, so that its content tells nothing. */
  readonly readable: boolean;
}

/** Charters and estates need six levels; more than this is an attack or an accident. */
const deepest = 32;
/** Nodes that aliases may add; a "billion laughs" file would add billions. */
const mostExpanded = 10_000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for, since names end up in headers and on terminals
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/** Reads a file's text: never throws, and reports all that is wrong with it as YAML 1.2. */
export function readYaml(source: string, file: string): YamlFile {
  const text = source.startsWith("\ufeff") ? source.slice(1) : source;
  // Duplicate keys are looked for below, since the parser's own search is quadratic.
  const document = parseDocument(text, { prettyErrors: false, stringKeys: true, uniqueKeys: false, resolveKnownTags: false, logLevel: "error" });
  const faults: FileFault[] = [];
  const seen = new Set<string>();

  const placeOf = placesIn(text);
  const report = (offset: number, path: FilePath, message: string, hint: string): void => {
    const key = `${offset} ${message}`;
    if (seen.has(key)) return;
    seen.add(key);
    faults.push({ file, ...placeOf(offset), path: formatPath(path), message, hint, severity: "error" });
  };

  for (const problem of [...document.errors, ...document.warnings]) {
    const { message, hint } = yamlComplaint(problem);
    report(problem.pos[0], [], message, hint);
  }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== "1.2") {
    report(0, [], "this file is read as YAML 1.2, where NO is Norway and not false", "remove the line that begins with %YAML");
  }
  const readable = faults.length === 0;
  const { content, targets } = readable ? plain(document.contents, report) : { content: undefined, targets: new Map<Alias, Node>() };
  const locate = locator(document.contents, targets, placeOf);
  return { file, content, faults, readable, locate: (path) => locate(path, false), locateKey: (path) => locate(path, true) };
}

/** Our own count: the parser's line counter misses lines after an unclosed quote. */
function placesIn(text: string): (offset: number) => FilePlace {
  const starts = [0];
  for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", end + 1)) starts.push(end + 1);
  return (offset) => {
    const wanted = Math.min(Math.max(offset, 0), text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= wanted) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: wanted - (starts[low] ?? 0) + 1 };
  };
}

type Report = (offset: number, path: FilePath, message: string, hint: string) => void;

const startOf = (node: Node | null | undefined): number => node?.range?.[0] ?? 0;

/** Turns nodes into plain content, in file order, so that an alias finds the anchor that stands before it. */
function plain(root: Node | null, report: Report): { content: unknown; targets: ReadonlyMap<Alias, Node> } {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const open = new Set<Node>();
  let expanded = 0;
  let exhausted = false;

  const visit = (node: unknown, path: FilePath, aliased: boolean): unknown => {
    if (isAlias(node)) return follow(node, path);
    if (isScalar(node)) {
      if (node.anchor !== undefined && !aliased) anchors.set(node.anchor, node);
      return scalar(node.value, node, path);
    }
    if (!isCollection(node)) return null;
    if (node.anchor !== undefined && !aliased) anchors.set(node.anchor, node);
    if (path.length >= deepest) {
      report(startOf(node), path, "the file is nested too deeply", `at most ${deepest} levels`);
      return null;
    }
    if (aliased) expanded += node.items.length;
    open.add(node);
    const content = isMap(node) ? map(node, path, aliased) : isSeq(node) ? node.items.map((item, index) => visit(item, [...path, index], aliased)) : null;
    open.delete(node);
    return content;
  };

  const follow = (alias: Alias, path: FilePath): unknown => {
    const target = anchors.get(alias.source);
    if (target === undefined) return refuse(alias, path, "this alias names no anchor before it", "define it first: &name, then use *name");
    if (open.has(target)) return refuse(alias, path, "this alias holds itself", "name another anchor");
    expanded += 1;
    if (expanded > mostExpanded) {
      if (!exhausted) refuse(alias, path, "the aliases of this file add up to too much", "write the values out");
      exhausted = true;
      return null;
    }
    targets.set(alias, target);
    return visit(target, path, true);
  };

  const refuse = (node: Node, path: FilePath, message: string, hint: string): null => {
    report(startOf(node), path, message, hint);
    return null;
  };

  const scalar = (value: unknown, node: Node, path: FilePath): unknown => {
    if (typeof value === "number" && !Number.isFinite(value)) return refuse(node, path, "this is not a finite number", "write a number");
    if (typeof value === "string" && controlCharacters.test(value)) return refuse(node, path, "the text holds invisible control characters", "remove them");
    return value;
  };

  const map = (node: { readonly items: readonly { readonly key: unknown; readonly value: unknown }[] }, path: FilePath, aliased: boolean): unknown => {
    const content: Record<string, unknown> = {};
    for (const { key, value } of node.items) {
      if (!isScalar(key) || typeof key.value !== "string") continue;
      const segment = key.value;
      const inner = [...path, segment];
      if (segment === "__proto__" || controlCharacters.test(segment)) refuse(key, path, "this cannot be a key", "write another one");
      else if (Object.hasOwn(content, segment)) refuse(key, inner, "this key stands twice", "keep one of them");
      else content[segment] = visit(value, inner, aliased);
    }
    return content;
  };

  return { content: visit(root, [], false), targets };
}

function locator(root: Node | null, targets: ReadonlyMap<Alias, Node>, placeOf: (offset: number) => FilePlace) {
  const behind = (node: unknown): unknown => (isAlias(node) ? targets.get(node) : node);
  return (wanted: string | FilePath, wantKey: boolean): FilePlace => {
    let node: unknown = root;
    let key: Node | undefined;
    for (const segment of typeof wanted === "string" ? parsePath(wanted) : wanted) {
      const parent = behind(node);
      if (isMap(parent)) {
        const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === segment);
        if (pair === undefined || !isScalar(pair.key)) break;
        key = pair.key;
        node = pair.value;
      } else if (isSeq(parent) && typeof segment === "number" && segment < parent.items.length) {
        key = undefined;
        node = parent.items[segment];
      } else break;
    }
    return placeOf(startOf(wantKey || keySpeaksFor(node) ? (key ?? (node as Node | null)) : (node as Node | null)));
  };
}

/** An indented map or list begins on a later line and an empty value nowhere, so a reader looks for the key. */
function keySpeaksFor(node: unknown): boolean {
  if (isCollection(node)) return node.flow !== true;
  return !isAlias(node) && (!isScalar(node) || node.range == null || node.range[0] === node.range[1]);
}
