import { isIP } from "node:net";

/** Milliseconds of silence that are borne. */
export interface EgressTimeouts {
  /** Name lookup, TCP and TLS together. */
  readonly connect: number;
  /** From the request to the first byte of the answer's body. */
  readonly firstByte: number;
  readonly betweenChunks: number;
}

/** Somewhere that bytes may go. Each has its own connections, so a credential never shares one. */
export interface Destination {
  readonly name: string;
  /** `http` or `https`, a host, perhaps a port and a base path; nothing else. Text is also checked as it is spelled. */
  readonly url: URL | string;
  readonly tls?: {
    /** PEM certificates that replace the usual authorities. */
    readonly ca?: string | undefined;
    /** `sha256/<base64>` over the DER of the server key's SubjectPublicKeyInfo (RFC 7469, section 2.4); one must match. */
    readonly pins?: readonly string[] | undefined;
  };
  readonly timeouts: EgressTimeouts;
  /** The whole value of the `authorization` header, asked for at each request; undefined = it cannot be read. */
  readonly credential?: (() => string | undefined) | undefined;
  /** The name may resolve to private and loopback addresses: the destination stands on a network of the estate's own. */
  readonly allowPrivate?: boolean | undefined;
  /** CIDR blocks; where given, only addresses inside them are connected to. */
  readonly addresses?: readonly string[] | undefined;
}

/** A destination's URL, taken apart once. */
export interface Endpoint {
  /** `https://host:port`, as the connection pool wants it. */
  readonly origin: string;
  readonly secure: boolean;
  /** A name or an address without brackets. */
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash; empty for the root. */
  readonly basePath: string;
}

const spelling = /^https?:\/\/([^/:[\]]+|\[[^/[\]]*\])(?::[0-9]{1,5})?(\/.*)?$/i;
const hostName = /^[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)*$/;
const basePath = /^(?:\/[A-Za-z0-9._~:+=,-]+)*\/?$/;

function parse(text: string): URL {
  const [, spelled, path = "/"] = spelling.exec(text) ?? [];
  const url = spelled === undefined ? null : URL.parse(text);
  if (url === null) throw new TypeError("the URL must be http:// or https://, a host, perhaps a port and a path, and nothing else");
  // The parser also reads 0x7f.1, percent-encoded and full-width hosts; whoever reads the file would see another host than we connect to.
  if (url.hostname !== spelled?.toLowerCase()) throw new TypeError(`the host must be written as ${url.hostname}`);
  if (url.pathname !== path) throw new TypeError(`the path must be written as ${url.pathname}, without a query or a fragment`);
  return url;
}

/** Throws on anything that two readers could understand differently: user info, query, fragment, odd hosts and paths. */
export function endpointOf(input: URL | string): Endpoint {
  const url = typeof input === "string" ? parse(input) : input;
  const secure = url.protocol === "https:";
  if (!secure && url.protocol !== "http:") throw new TypeError(`${url.protocol} is not http: or https:`);
  if (url.username !== "" || url.password !== "") throw new TypeError("the URL must hold no user name and no password");
  if (url.search !== "" || url.hash !== "") throw new TypeError("the URL must hold no query and no fragment");
  const host = url.hostname.startsWith("[") ? url.hostname.slice(1, -1) : url.hostname;
  if (isIP(host) === 0 && !hostName.test(host)) throw new TypeError("the URL's host is neither a name nor an address");
  if (!basePath.test(url.pathname)) throw new TypeError("the URL's path may hold letters, digits and . _ ~ : + = , - between single slashes");
  const port = url.port === "" ? (secure ? 443 : 80) : Number(url.port);
  if (port === 0) throw new TypeError("port 0 is nowhere");
  return { origin: url.origin, secure, host, port, basePath: url.pathname.replace(/\/$/, "") };
}
