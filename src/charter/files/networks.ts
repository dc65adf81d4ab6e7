import type { Complaint } from "./complaint.ts";
import { quoted } from "./spelling.ts";

interface Network {
  readonly bits: 32 | 128;
  readonly address: bigint;
  readonly prefix: number;
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    // A leading zero is refused: some readers take it for octal.
    if (!/^(?:0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return undefined;
    value = (value << 8n) | BigInt(part);
  }
  return value;
}

function ipv6(text: string): bigint | undefined {
  if (!text.includes(":") || !URL.canParse(`http://[${text}]/`)) return undefined;
  // The URL standard writes an IPv6 address in one form: hexadecimal groups and at most one "::".
  const canonical = new URL(`http://[${text}]/`).hostname.slice(1, -1);
  const [head = "", tail] = canonical.split("::");
  const left = head === "" ? [] : head.split(":");
  const right = tail === undefined || tail === "" ? [] : tail.split(":");
  const groups = [...left, ...Array.from({ length: 8 - left.length - right.length }, () => "0"), ...right];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}

const ipv4Text = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 255n).toString()).join(".");

function parse(text: string): Network | undefined {
  const [host = "", prefixText, ...rest] = text.split("/");
  if (rest.length > 0) return undefined;
  const four = ipv4(host);
  const address = four ?? ipv6(host);
  if (address === undefined) return undefined;
  const bits = four === undefined ? 128 : 32;
  if (prefixText === undefined) return { bits, address, prefix: bits };
  if (!/^(?:0|[1-9]\d{0,2})$/.test(prefixText) || Number(prefixText) > bits) return undefined;
  return { bits, address, prefix: Number(prefixText) };
}

const masked = ({ bits, address, prefix }: Network): bigint => (address >> BigInt(bits - prefix)) << BigInt(bits - prefix);

const written = (network: Network, address: bigint): string => `${network.bits === 32 ? ipv4Text(address) : ipv6Text(address)}/${network.prefix}`;

/** A CIDR block, or one address. */
export function checkNetwork(text: string): Complaint | undefined {
  const network = parse(text);
  if (network === undefined) return { message: `${quoted(text)} is not a network`, hint: "an address and a prefix length, such as 10.0.0.0/8 or fd00::/8" };
  const first = masked(network);
  if (first !== network.address) return { message: `${quoted(text)} has bits set beyond its prefix`, hint: `write ${written(network, first)}` };
  return undefined;
}

/** The block in canonical form with its prefix length; the text itself where it is no network. */
export function canonicalNetwork(text: string): string {
  const network = parse(text);
  return network === undefined ? text : written(network, network.address);
}

/** True for `0.0.0.0/0` and `::/0`. */
export const isEverything = (text: string): boolean => parse(text)?.prefix === 0;
