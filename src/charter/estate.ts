import type { CountryCode, Model, Party } from "#registry";

/** `env:NAME`, `file:PATH` or `credential:NAME` (systemd); never the secret itself. */
export interface CredentialReference {
  readonly kind: "env" | "file" | "credential";
  readonly name: string;
}

export interface Site {
  readonly name: string;
  readonly country: CountryCode;
  readonly region?: string;
  /** A party's id. */
  readonly operator: string;
}

/** Money per number of tokens. */
export interface Price {
  readonly input: number;
  readonly output: number;
  readonly currency: string;
  /** Tokens that the price is for, e.g. 1_000_000 for `1M`. */
  readonly per: number;
}

/** One public model name as one backend serves it. */
export interface ServedModel {
  /** The name that clients use. */
  readonly name: string;
  /** The name that the backend knows; the client's own where the estate says nothing. */
  readonly servedAs: string;
  /** Id of the weights in the estate or the registry; undefined = provenance unknown. */
  readonly model?: string;
  /** `builtin:demo` or a path to a GGUF file; for engines in process. */
  readonly weights?: string;
  /** Somebody other than the backend's operator who really serves it. */
  readonly servedBy?: string;
  readonly locatedIn?: readonly CountryCode[];
  readonly price?: Price;
  /** What it can do; undefined = all that the engine can. */
  readonly operations?: readonly Operation[];
  /** Context length in tokens, for engines in process. */
  readonly context?: number;
}

/** The endpoints under `/v1/` that ask a model. */
export type Operation = "chat/completions" | "completions" | "embeddings" | "rerank";

/** Milliseconds. */
export interface BackendTimeouts {
  readonly connect: number;
  readonly firstByte: number;
  readonly betweenChunks: number;
}

export interface BackendLimits {
  /** Requests at one time. */
  readonly concurrency: number;
  /** Requests that may wait for their turn. */
  readonly queue: number;
  /** Milliseconds that one may wait. */
  readonly queueTimeout: number;
}

export interface BackendTls {
  /** Path of a PEM file that replaces the system's certificate authorities. */
  readonly ca?: string;
  /** `sha256/<base64>` digests of the accepted subject public key infos. */
  readonly pins?: readonly string[];
}

/** What answers. */
export interface Backend {
  readonly name: string;
  readonly engine: "openai" | "llama.cpp";
  readonly url?: URL;
  readonly site?: string;
  readonly operator?: string;
  readonly locatedIn?: readonly CountryCode[];
  /** Makers of its accelerators, as party ids; [] = none; undefined = unknown. */
  readonly hardware?: readonly string[];
  readonly credential?: CredentialReference;
  readonly models: readonly ServedModel[];
  readonly timeouts: BackendTimeouts;
  readonly limits: BackendLimits;
  /** Further attempts at the same backend when it could not be reached or answered 5xx before the first byte. */
  readonly retries: number;
  readonly tls: BackendTls;
}

/** `estate.yaml`, parsed. */
export interface Estate {
  readonly environment: string;
  /** CIDR blocks whose `x-freehold-origin` is believed. */
  readonly trustedProxies: readonly string[];
  /** Path of a MaxMind DB (MMDB) with countries, where one is named. */
  readonly geoip?: string;
  readonly parties: readonly Party[];
  readonly models: readonly Model[];
  readonly sites: readonly Site[];
  readonly backends: readonly Backend[];
  readonly stores: readonly Readonly<Record<string, unknown>>[];
  readonly telemetry: readonly Readonly<Record<string, unknown>>[];
  /** Bytes that a request body may have. */
  readonly limits: { readonly body: number };
  readonly digest: string;
}
