import { type FileCursor, MalformedFile } from "./file-cursor.ts";
import { tensorTypes } from "./tensor-types.ts";

/** What the header of a GGUF file says; `undefined` where it does not say. */
export interface GgufHeader {
  readonly name: string | undefined;
  readonly architecture: string;
  /** Tokens that the model was trained to see at once. */
  readonly contextLength: number | undefined;
  readonly licence: string | undefined;
  /** Whether the file brings a chat template. */
  readonly chatTemplate: boolean;
}

/** Bytes of the scalar types (ggml-org/ggml, docs/gguf.md); 8 is a string, 9 an array. */
const scalarSizes = new Map([
  [0, 1],
  [1, 1],
  [2, 2],
  [3, 2],
  [4, 4],
  [5, 4],
  [6, 4],
  [7, 1],
  [10, 8],
  [11, 8],
  [12, 8],
]);
const uint32Type = 4;
const uint64Type = 10;
const stringType = 8;
const arrayType = 9;

const entriesAtMost = 1 << 16;
const dimensionsAtMost = 4;
const nestingAtMost = 3;
const defaultAlignment = 32;

/** The values of the few keys that matter; the rest is passed over without being kept. */
type Kept = string | number | undefined;

async function readValue(cursor: FileCursor, type: number, key: string, nesting = 0): Promise<Kept> {
  if (type === stringType) return cursor.string(`the value of ${key}`);
  if (type === uint32Type) return cursor.uint32();
  if (type === uint64Type) return cursor.uint64(`the value of ${key}`);
  if (type === arrayType) {
    await skipArray(cursor, key, nesting);
    return undefined;
  }
  const size = scalarSizes.get(type);
  if (size === undefined) throw new MalformedFile(`${key} has the unknown type ${type}`);
  cursor.skip(size, `the value of ${key}`);
  return undefined;
}

async function skipArray(cursor: FileCursor, key: string, nesting: number): Promise<void> {
  if (nesting >= nestingAtMost) throw new MalformedFile(`the arrays of ${key} are nested too deeply`);
  const itemType = await cursor.uint32();
  const items = await cursor.uint64(`the length of ${key}`);
  const size = scalarSizes.get(itemType);
  if (size !== undefined) {
    cursor.skip(items * size, `the array ${key}`);
    return;
  }
  if (itemType !== stringType && itemType !== arrayType) throw new MalformedFile(`the items of ${key} have the unknown type ${itemType}`);
  const leastBytes = 8;
  if (items > (cursor.size - cursor.position) / leastBytes) throw new MalformedFile(`the array ${key} claims ${items} items, more than the file can hold`);
  for (let item = 0; item < items; item += 1) {
    if (itemType === stringType) cursor.skip(await cursor.uint64(`the length of an item of ${key}`), `an item of ${key}`);
    else await skipArray(cursor, key, nesting + 1);
  }
}

async function count(cursor: FileCursor, what: string): Promise<number> {
  const value = await cursor.uint64(`the number of ${what}`);
  if (value > entriesAtMost) throw new MalformedFile(`it claims ${value} ${what}`);
  return value;
}

/** Where the last tensor ends, from the beginning of the data section. */
async function readTensors(cursor: FileCursor, tensors: number): Promise<number> {
  let end = 0;
  for (let tensor = 0; tensor < tensors; tensor += 1) {
    const name = await cursor.string("the name of a tensor");
    const dimensions = await cursor.uint32();
    if (dimensions > dimensionsAtMost) throw new MalformedFile(`tensor ${name.slice(0, 64)} claims ${dimensions} dimensions`);
    let elements = 1;
    for (let dimension = 0; dimension < dimensions; dimension += 1) elements *= await cursor.uint64(`a dimension of ${name.slice(0, 64)}`);
    const [blockElements, blockBytes] = tensorTypes.get(await cursor.uint32()) ?? [1, 0];
    end = Math.max(end, (await cursor.uint64(`the offset of ${name.slice(0, 64)}`)) + (elements / blockElements) * blockBytes);
  }
  return end;
}

/** Reads the header; throws `MalformedFile` for anything that is not a whole GGUF file of version 2 or 3. */
export async function readGgufHeader(cursor: FileCursor): Promise<GgufHeader> {
  if (cursor.size < 4 || (await cursor.bytes(4)).toString("latin1") !== "GGUF") throw new MalformedFile("it is not a GGUF file");
  const version = await cursor.uint32();
  if (version !== 2 && version !== 3) throw new MalformedFile(`its GGUF version is ${version}; 2 and 3 can be read`);
  const tensors = await count(cursor, "tensors");
  const entries = await count(cursor, "metadata entries");
  const values = new Map<string, Kept>();
  for (let entry = 0; entry < entries; entry += 1) {
    const key = await cursor.string("a metadata key");
    if (key.length === 0 || key.length > 1024) throw new MalformedFile(`a metadata key at byte ${cursor.position} has ${key.length} characters`);
    values.set(key, await readValue(cursor, await cursor.uint32(), key.slice(0, 64)));
  }
  const text = (key: string): string | undefined => {
    const value = values.get(key);
    return typeof value === "string" ? value : undefined;
  };
  const number = (key: string): number | undefined => {
    const value = values.get(key);
    return typeof value === "number" ? value : undefined;
  };
  const architecture = text("general.architecture");
  if (architecture === undefined) throw new MalformedFile("it names no architecture");
  if (tensors === 0) throw new MalformedFile("it holds no tensors");
  const dataEnd = await readTensors(cursor, tensors);
  const alignment = number("general.alignment") || defaultAlignment;
  const dataStart = Math.ceil(cursor.position / alignment) * alignment;
  if (dataStart + dataEnd > cursor.size) throw new MalformedFile(`it is truncated: it has ${cursor.size} bytes and needs ${dataStart + dataEnd}`);
  return {
    name: text("general.name"),
    architecture,
    contextLength: number(`${architecture}.context_length`),
    licence: text("general.license"),
    chatTemplate: text("tokenizer.chat_template") !== undefined,
  };
}
