import { BlockList, isIP } from "node:net";

/** What kind of network an address belongs to (IANA special-purpose address registries, RFC 6890). */
export type AddressKind = "public" | "private" | "loopback" | "reserved";

/** Says whether a destination may be reached at an address. */
export interface AddressPolicy {
  admits(address: string): boolean;
}

const blocks = (...cidrs: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const cidr of cidrs) addBlock(list, cidr);
  return list;
};

/** Adds `10.0.0.0/8` or a single address. False: it is neither. */
function addBlock(list: BlockList, cidr: string): boolean {
  const [network = "", bits, ...rest] = cidr.split("/");
  const family = isIP(network);
  const longest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? longest : /^[0-9]{1,3}$/.test(bits) ? Number(bits) : -1;
  if (family === 0 || rest.length > 0 || prefix < 0 || prefix > longest) return false;
  list.addSubnet(network, prefix, family === 4 ? "ipv4" : "ipv6");
  return true;
}

const loopback = blocks("127.0.0.0/8", "::1");
/** Addresses at which clouds hand out credentials; also inside ranges that are otherwise private or public. */
const metadata = blocks("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254");
const inHouse = blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");
const reservedIpv4 = blocks(
  "0.0.0.0/8",
  "169.254.0.0/16",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
);
/** Only 2000::/3 is global unicast (RFC 4291); these parts of it are tunnels, documentation or protocol assignments. */
const globalIpv6 = blocks("2000::/3");
const reservedIpv6 = blocks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

/** One spelling per address (RFC 5952, without a zone), so that two can be compared; IPv4 mapped into IPv6 is IPv4 again. Undefined: no address. */
function canonical(text: string): string | undefined {
  const address = text.replace(/%.*$/, "");
  const family = isIP(address);
  if (family !== 6) return family === 4 ? address : undefined;
  const spelled = new URL(`http://[${address}]`).hostname.slice(1, -1);
  return ipv4Behind("::ffff:", spelled) ?? spelled;
}

/** The IPv4 address in the last 32 bits of a canonical IPv6 address that begins with 96 bits of `prefix`, else undefined. */
function ipv4Behind(prefix: string, address: string): string | undefined {
  if (!address.startsWith(prefix)) return undefined;
  const groups = address.slice(prefix.length).split(":");
  if (groups.length > 2 || (groups.length < 2 && !prefix.endsWith("::"))) return undefined;
  const [low = "", high = ""] = groups.reverse();
  const bits = (Number.parseInt(high || "0", 16) << 16) | Number.parseInt(low || "0", 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}

/** What is not an address is reserved. */
export function addressKind(text: string): AddressKind {
  const address = canonical(text);
  if (address === undefined) return "reserved";
  // Translated by the network into IPv4 (RFC 6052), so it is as good or bad as the address inside.
  const translated = ipv4Behind("64:ff9b::", address);
  if (translated !== undefined) return addressKind(translated);
  const type = isIP(address) === 4 ? "ipv4" : "ipv6";
  if (loopback.check(address, type)) return "loopback";
  if (metadata.check(address, type)) return "reserved";
  if (inHouse.check(address, type)) return "private";
  if (type === "ipv4") return reservedIpv4.check(address, type) ? "reserved" : "public";
  return globalIpv6.check(address, type) && !reservedIpv6.check(address, type) ? "public" : "reserved";
}

const isLocalhost = (host: string): boolean => host === "localhost" || host.endsWith(".localhost");

/**
 * The addresses at which `host` may be reached: those of `addresses` alone where it is given; else a literal only at itself, `localhost`
 * (RFC 6761) only at loopback, any other name at public addresses, and with `allowPrivate` at private and loopback ones too.
 * Throws on a block that is not CIDR, and on a literal outside its own list.
 */
export function addressPolicy(host: string, allowPrivate: boolean, addresses: readonly string[] | undefined): AddressPolicy {
  const literal = canonical(host);
  if (addresses !== undefined) {
    const listed = new BlockList();
    for (const cidr of addresses) if (!addBlock(listed, cidr)) throw new TypeError(`${cidr} is not an address block`);
    const inList = (text: string): boolean => {
      const address = canonical(text);
      return address !== undefined && listed.check(address, isIP(address) === 4 ? "ipv4" : "ipv6");
    };
    if (literal !== undefined && !inList(literal)) throw new TypeError(`${host} lies outside the destination's own addresses`);
    return { admits: (address) => inList(address) && (literal === undefined || canonical(address) === literal) };
  }
  if (literal !== undefined) return { admits: (address) => canonical(address) === literal };
  if (isLocalhost(host)) return { admits: (address) => addressKind(address) === "loopback" };
  if (allowPrivate) return { admits: (address) => addressKind(address) !== "reserved" };
  return { admits: (address) => addressKind(address) === "public" };
}
