import type { Transform } from "node:stream";
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";

export type Encoding = "identity" | "gzip" | "br" | "zstd" | "deflate";

/** Reads `content-encoding` (RFC 9110, section 8.4). Undefined: one that we do not know, or several. */
export function encodingOf(header: string | string[] | undefined): Encoding | undefined {
  if (header === undefined) return "identity";
  if (Array.isArray(header)) return undefined;
  const name = header.trim().toLowerCase();
  if (name === "" || name === "identity") return "identity";
  if (name === "x-gzip") return "gzip";
  return name === "gzip" || name === "br" || name === "zstd" || name === "deflate" ? name : undefined;
}

const flush = constants.Z_SYNC_FLUSH;

/** `deflate` should be zlib's format (RFC 1950), but some servers send the bare one (RFC 1951): the first byte tells. */
const inflater = (firstByte: number): Transform => ((firstByte & 0x0f) === 8 ? createInflate({ flush }) : createInflateRaw({ flush }));

/** A stream that gives out what it can as soon as it is written to, so that compressed events are not held back. */
export function openDecoder(encoding: Exclude<Encoding, "identity">, firstByte: number): Transform {
  switch (encoding) {
    case "gzip":
      return createGunzip({ flush });
    case "deflate":
      return inflater(firstByte);
    case "br":
      return createBrotliDecompress({ flush: constants.BROTLI_OPERATION_FLUSH });
    case "zstd":
      return createZstdDecompress({ flush: constants.ZSTD_e_flush });
  }
}
