/**
 * A writer for GGUF version 3, the file format of llama.cpp (ggml-org/ggml, docs/gguf.md):
 *
 *     magic "GGUF", u32 version, u64 number of tensors, u64 number of metadata entries,
 *     metadata entries (string key, u32 type, value), tensor descriptions (name, shape, type, offset),
 *     padding, tensor data.
 *
 * Everything is little-endian; strings and arrays carry a u64 length; the data section and each tensor in it begin at a
 * multiple of 32 bytes. Only what the demonstration model needs is here: 32-bit floats, and seven kinds of metadata.
 */
export type GgufValue =
  | { readonly type: "uint32" | "float32"; readonly value: number }
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "strings"; readonly value: readonly string[] }
  | { readonly type: "float32s" | "int32s"; readonly value: readonly number[] };

export interface GgufTensor {
  readonly name: string;
  /** Length of each dimension, the fastest-running one first: a matrix that maps `in` to `out` is `[in, out]`. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

const typeCode = { uint32: 4, int32: 5, float32: 6, bool: 7, string: 8, array: 9 } as const;
const tensorTypeFloat32 = 0;
const alignment = 32;

const padding = (length: number): number => (alignment - (length % alignment)) % alignment;

class Writer {
  readonly #pieces: Buffer[] = [];
  length = 0;

  bytes(piece: Buffer): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  #number(size: number, write: (target: Buffer) => void): void {
    const piece = Buffer.alloc(size);
    write(piece);
    this.bytes(piece);
  }

  uint32(value: number): void {
    this.#number(4, (piece) => piece.writeUInt32LE(value));
  }

  int32(value: number): void {
    this.#number(4, (piece) => piece.writeInt32LE(value));
  }

  uint64(value: number): void {
    this.#number(8, (piece) => piece.writeBigUInt64LE(BigInt(value)));
  }

  float32(value: number): void {
    this.#number(4, (piece) => piece.writeFloatLE(value));
  }

  string(value: string): void {
    const text = Buffer.from(value, "utf8");
    this.uint64(text.length);
    this.bytes(text);
  }

  align(): void {
    this.bytes(Buffer.alloc(padding(this.length)));
  }

  finish(): Buffer {
    return Buffer.concat(this.#pieces, this.length);
  }
}

function writeArray<Item>(writer: Writer, itemType: number, items: readonly Item[], write: (item: Item) => void): void {
  writer.uint32(typeCode.array);
  writer.uint32(itemType);
  writer.uint64(items.length);
  for (const item of items) write(item);
}

function writeValue(writer: Writer, value: GgufValue): void {
  switch (value.type) {
    case "uint32":
      writer.uint32(typeCode.uint32);
      writer.uint32(value.value);
      break;
    case "float32":
      writer.uint32(typeCode.float32);
      writer.float32(value.value);
      break;
    case "bool":
      writer.uint32(typeCode.bool);
      writer.bytes(Buffer.from([value.value ? 1 : 0]));
      break;
    case "string":
      writer.uint32(typeCode.string);
      writer.string(value.value);
      break;
    case "strings":
      writeArray(writer, typeCode.string, value.value, (item) => writer.string(item));
      break;
    case "float32s":
      writeArray(writer, typeCode.float32, value.value, (item) => writer.float32(item));
      break;
    case "int32s":
      writeArray(writer, typeCode.int32, value.value, (item) => writer.int32(item));
      break;
  }
}

/** The whole file. The same input gives the same bytes. */
export function writeGguf(metadata: readonly (readonly [key: string, value: GgufValue])[], tensors: readonly GgufTensor[]): Buffer {
  const writer = new Writer();
  writer.bytes(Buffer.from("GGUF", "latin1"));
  writer.uint32(3);
  writer.uint64(tensors.length);
  writer.uint64(metadata.length);
  for (const [key, value] of metadata) {
    writer.string(key);
    writeValue(writer, value);
  }
  let offset = 0;
  for (const tensor of tensors) {
    writer.string(tensor.name);
    writer.uint32(tensor.shape.length);
    for (const length of tensor.shape) writer.uint64(length);
    writer.uint32(tensorTypeFloat32);
    writer.uint64(offset);
    offset += tensor.data.byteLength + padding(tensor.data.byteLength);
  }
  writer.align();
  for (const tensor of tensors) {
    const data = Buffer.alloc(tensor.data.byteLength);
    tensor.data.forEach((value, index) => {
      data.writeFloatLE(value, index * 4);
    });
    writer.bytes(data);
    writer.align();
  }
  return writer.finish();
}
