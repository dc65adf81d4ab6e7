export { keyDigest, mintKey, publicId } from "./key.ts";
export { type Directory, defaultTenant, type KeyRecord, Keyring } from "./keyring.ts";
export { type CountryOfAddress, type OriginRules, type OriginSources, originResolver } from "./origin.ts";
export type { Permission, Principal } from "./principal.ts";
