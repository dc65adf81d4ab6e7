import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from "yaml";
import { err, ok, type Result } from "#kernel";

/** A fault in one of the registry's files; line and column count from 1. */
export interface RegistryFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export interface SourceFile {
  readonly text: string;
  readonly name: string;
}

export type Path = readonly (string | number)[];

/** A YAML file as plain data that still knows where each value stands. */
export interface SourceText {
  readonly value: unknown;
  /** A fault at the value, or at the key itself where `path` ends in a key that the file has. */
  fault(path: Path, message: string): RegistryFault;
}

/** YAML 1.2 core: dates stay text and `NO` stays Norway. Aliases are refused, since nothing needs them and they can blow up. */
export function readSource({ text, name: file }: SourceFile): Result<SourceText, readonly RegistryFault[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const at = (offset: number, message: string): RegistryFault => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1), message };
  };
  const faults = [...document.errors, ...document.warnings].map((error) => at(error.pos[0], error.message));
  visit(document, {
    Alias: (_key, node) => {
      faults.push(at(node.range?.[0] ?? 0, "aliases are not used here; write the value out"));
    },
  });
  if (faults.length > 0) return err(faults);

  const offsetOf = (path: Path): number => {
    let node: unknown = document.contents;
    let offset = 0;
    for (const step of path) {
      if (isMap(node)) {
        const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
        offset = (pair?.key as Node | undefined)?.range?.[0] ?? offset;
        node = pair?.value;
      } else if (isSeq(node)) {
        node = node.items[Number(step)];
        offset = (node as Node | undefined)?.range?.[0] ?? offset;
      }
    }
    return offset;
  };
  return ok({ value: document.toJS(), fault: (path, message) => at(offsetOf(path), message) });
}
