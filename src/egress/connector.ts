import { createHash, X509Certificate } from "node:crypto";
import { type LookupAddress, lookup as systemLookup } from "node:dns";
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from "node:net";
import { connect as connectTls, createSecureContext, TLSSocket } from "node:tls";
import type { buildConnector } from "undici";
import type { AddressPolicy } from "./address.ts";
import type { Destination, Endpoint } from "./destination.ts";
import { ConnectionRefusal } from "./failure.ts";

/** Turns a name into all of its addresses. */
export type Resolve = (host: string, callback: (error: Error | null, addresses: readonly LookupAddress[]) => void) => void;

/** Something that the guard did not let happen; for the log. */
export interface Blocked {
  readonly destination: string;
  readonly reason: "address" | "pin" | "redirect";
  /** The refused address, the key's pin, or the redirect's status. */
  readonly detail: string;
}

export type OnBlocked = (blocked: Blocked) => void;

/** By `/etc/hosts` and the system's name servers, as every other program of the machine. */
export const resolveBySystem: Resolve = (host, callback) =>
  // Node hands over no list at all beside an error, whatever its types say.
  systemLookup(host, { all: true }, (error, addresses) => callback(error, error === null ? addresses : []));

const pinShape = /^sha256\/[A-Za-z0-9+/]{43}=$/;

/** The pin of the key that the other side proved to hold on this socket. */
function pinOf(socket: TLSSocket): string {
  const key = socket.getPeerX509Certificate()?.publicKey.export({ type: "spki", format: "der" });
  return key === undefined ? "none" : `sha256/${createHash("sha256").update(key).digest("base64")}`;
}

/** A lookup for sockets whose every answer passes the policy. Lookups that overlap are one, for they block threads that all share. */
function guardedLookup(host: string, policy: AddressPolicy, resolve: Resolve, refuse: (address: string) => Error): LookupFunction {
  let waiting: ((error: Error | null, addresses: readonly LookupAddress[]) => void)[] = [];
  const settle = (error: Error | null, addresses: readonly LookupAddress[]): void => {
    const callbacks = waiting;
    waiting = [];
    const bad = addresses.find(({ address }) => !policy.admits(address));
    const empty = addresses.length === 0 ? new ConnectionRefusal("unreachable", "ENOTFOUND") : null;
    const failure = error ?? (bad === undefined ? empty : refuse(bad.address));
    for (const callback of callbacks) callback(failure, addresses);
  };
  return (_name, options, callback) => {
    waiting.push((error, addresses) => {
      const [first] = addresses;
      if (error !== null || first === undefined) callback(error, "", 0);
      else if (options.all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
    if (waiting.length === 1) resolve(host, settle);
  };
}

/** Throws unless every PEM block is a certificate and there is one: OpenSSL would skip what it cannot read, and trust nobody. */
function checkAuthorities(pem: string): void {
  const certificates = pem.match(/-----BEGIN [^-]+-----[^-]*-----END [^-]+-----/g) ?? [];
  if (certificates.length === 0) throw new TypeError("the certificate authorities are not in PEM form");
  for (const certificate of certificates) new X509Certificate(certificate);
}

/** Keep-alive probes of the operating system begin after this many milliseconds without traffic. */
const keepAliveDelay = 60_000;

/**
 * Opens connections to one endpoint, whatever it is asked for: it does not read the host that it is given. The callback gets a socket only
 * after its address, certificate and key have been checked. Throws at once on pins and certificates that cannot be read.
 */
export function openConnector(
  destination: Destination,
  endpoint: Endpoint,
  policy: AddressPolicy,
  resolve: Resolve,
  onBlocked: OnBlocked,
): buildConnector.connector {
  const { host, port } = endpoint;
  const pins = destination.tls?.pins;
  for (const pin of pins ?? []) if (!pinShape.test(pin)) throw new TypeError("a pin must be written as sha256/ and 44 characters of base64");
  if (destination.tls?.ca !== undefined) checkAuthorities(destination.tls.ca);
  const refuse = (reason: Blocked["reason"], detail: string): ConnectionRefusal => {
    onBlocked({ destination: destination.name, reason, detail });
    return new ConnectionRefusal(reason === "pin" ? "untrusted" : "blocked", reason === "pin" ? "PIN_MISMATCH" : "ADDRESS_REFUSED");
  };
  const lookup = guardedLookup(host, policy, resolve, (address) => refuse("address", address));
  const secureContext = endpoint.secure ? createSecureContext({ ca: destination.tls?.ca, minVersion: "TLSv1.2" }) : undefined;
  const tcp = { host, port, lookup, autoSelectFamily: true, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveDelay };

  // Server name indication is for names alone (RFC 6066); an explicit rejectUnauthorized outranks NODE_TLS_REJECT_UNAUTHORIZED.
  const tls = { ...(isIP(host) === 0 && { servername: host }), rejectUnauthorized: true, ALPNProtocols: ["http/1.1"] };

  const verdictOn = (socket: Socket): ConnectionRefusal | undefined => {
    const address = socket.remoteAddress ?? "unknown";
    if (!policy.admits(address)) return refuse("address", address);
    if (pins === undefined || !(socket instanceof TLSSocket)) return undefined;
    const pin = pinOf(socket);
    return pins.includes(pin) ? undefined : refuse("pin", pin);
  };

  return (_asked, callback) => {
    const socket = secureContext === undefined ? connectTcp(tcp) : connectTls({ ...tcp, ...tls, secureContext });
    const deadline = setTimeout(() => socket.destroy(new ConnectionRefusal("timeout", "CONNECT_TIMEOUT")), destination.timeouts.connect);
    let open = true;
    socket.once(secureContext === undefined ? "connect" : "secureConnect", () => {
      if (!open) return;
      open = false;
      clearTimeout(deadline);
      const refusal = verdictOn(socket);
      if (refusal === undefined) return callback(null, socket);
      socket.destroy();
      callback(refusal, null);
    });
    socket.on("error", (error) => {
      clearTimeout(deadline);
      if (!open) return;
      open = false;
      callback(error, null);
    });
    socket.once("close", () => {
      clearTimeout(deadline);
      if (!open) return;
      open = false;
      callback(new ConnectionRefusal("unreachable", "CLOSED_WHILE_CONNECTING"), null);
    });
  };
}
