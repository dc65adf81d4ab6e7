/** One step into a file: a key of a map, or an index of a list. */
export type PathSegment = string | number;
export type FilePath = readonly PathSegment[];

const plainKey = /^[A-Za-z0-9_-]+$/;

/** `backends[1].models["mistral-small-3.2"].price`: dots between plain keys, brackets around indexes and around keys with other characters. */
export function formatPath(path: FilePath): string {
  let text = "";
  for (const segment of path) {
    if (typeof segment === "number") text += `[${segment}]`;
    else if (!plainKey.test(segment)) text += `[${JSON.stringify(segment)}]`;
    else text += text === "" ? segment : `.${segment}`;
  }
  return text;
}

const segmentShape = /\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([A-Za-z0-9_-]+)/y;

/** The inverse of `formatPath`; stops at the first character that fits nowhere, so the result names the nearest place that does. */
export function parsePath(text: string): FilePath {
  const path: PathSegment[] = [];
  segmentShape.lastIndex = 0;
  for (;;) {
    const match = segmentShape.exec(text);
    if (match === null) return path;
    const [, index, quoted, plain] = match;
    if (index !== undefined) path.push(Number(index));
    else if (quoted !== undefined) path.push(unquote(quoted));
    else if (plain !== undefined) path.push(plain);
  }
}

function unquote(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}
