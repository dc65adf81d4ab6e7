import { isMap, isScalar, isSeq, type Node, parseDocument } from "yaml";
import type { FilePath } from "./paths.ts";

/** A piece of a text to be replaced; offsets count UTF-16 code units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Applies edits that do not overlap. Everything between them stays as it was, comments and spacing included. */
export function applyEdits(source: string, edits: readonly TextEdit[]): string {
  let text = source;
  for (const { start, end, text: replacement } of [...edits].sort((one, other) => other.start - one.start)) {
    text = text.slice(0, start) + replacement + text.slice(end);
  }
  return text;
}

const plainScalar = /^(?:\p{L}[\p{L}\p{N}_./&' -]*[\p{L}\p{N}_./-]|\p{L}|\d{4}-\d{2}-\d{2})$/u;
const meaningful = /^(?:true|false|null)$/i;

/** A text as YAML, quoted where a plain one would mean something else, inside brackets too. */
export const yamlText = (text: string): string => (plainScalar.test(text) && !meaningful.test(text) ? text : JSON.stringify(text));

/** A YAML text whose values can be replaced in place. Throws where a path leads nowhere: the texts are our own. */
export interface EditableYaml {
  /** Replaces one text. */
  set(path: FilePath, value: string): TextEdit;
  /** The whole lines of one item of an indented list. */
  linesOf(path: FilePath): { readonly start: number; readonly end: number };
  /** The plain value at a path; undefined where there is none. */
  read(path: FilePath): unknown;
}

export function editable(source: string): EditableYaml {
  const document = parseDocument(source);
  const nodeAt = (path: FilePath): Node => {
    const node = document.getIn(path, true);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) throw new Error(`there is nothing at ${path.join(".")}`);
    return node;
  };
  return {
    set: (path, value) => {
      const [start, end] = rangeOf(nodeAt(path));
      return { start, end, text: yamlText(value) };
    },
    linesOf: (path) => {
      const node = nodeAt(path);
      const lineEnd = source.indexOf("\n", lastOffset(node));
      return { start: source.lastIndexOf("\n", rangeOf(node)[0]) + 1, end: lineEnd === -1 ? source.length : lineEnd + 1 };
    },
    read: (path) => {
      const node = document.getIn(path, true);
      return isScalar(node) ? node.value : isMap(node) || isSeq(node) ? node.toJS(document) : undefined;
    },
  };
}

function rangeOf(node: Node): readonly [number, number] {
  if (node.range == null) throw new Error("the parser gave no range");
  return [node.range[0], node.range[1]];
}

/** Where the last value inside ends; the range of an indented list or map runs on over blank lines and comments. */
function lastOffset(node: Node): number {
  const last = isMap(node) && node.flow !== true ? node.items.at(-1)?.value : isSeq(node) && node.flow !== true ? node.items.at(-1) : undefined;
  return isScalar(last) || isMap(last) || isSeq(last) ? lastOffset(last) : rangeOf(node)[1];
}
