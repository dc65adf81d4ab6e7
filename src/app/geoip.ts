import { readFileSync } from "node:fs";
import { type CountryResponse, Reader } from "mmdb-lib";
import type { CountryOfAddress } from "#identity";
import { err, type Fault, fault, ok, type Result } from "#kernel";

/** Opens a MaxMind DB with countries that lies on this machine; nothing is ever fetched. */
export function openGeoIp(path: string): Result<CountryOfAddress, Fault> {
  try {
    const reader = new Reader<CountryResponse>(readFileSync(path));
    return ok((address) => {
      const plain = address.startsWith("::ffff:") ? address.slice(7) : address;
      const code = reader.get(plain)?.country?.iso_code;
      return typeof code === "string" && /^[A-Z]{2}$/.test(code) ? code : undefined;
    });
  } catch {
    return err(fault("file_unreadable", { message: `The file ${path}, which geoip names, is no readable MaxMind DB.`, param: "geoip" }));
  }
}
