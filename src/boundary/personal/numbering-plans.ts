import { type CountryCode, getCountries, getCountryCallingCode, isValidPhoneNumber, Metadata } from "libphonenumber-js/max";
import type { Scan } from "../text/scanner.ts";

/** National lengths in use by calling code, as bits: bit 9 set = nine digits. */
function lengthsByCallingCode(): ReadonlyMap<string, number> {
  const metadata = new Metadata();
  const table = new Map<string, number>();
  for (const country of getCountries()) {
    metadata.selectNumberingPlan(country);
    const callingCode = getCountryCallingCode(country);
    let bits = table.get(callingCode) ?? 0;
    for (const length of metadata.numberingPlan?.possibleLengths() ?? []) bits |= 1 << length;
    table.set(callingCode, bits);
  }
  return table;
}

const possibleLengths = lengthsByCallingCode();

/** Whether the digits (calling code first) have a length that the country uses. A table look-up, no parsing. */
export function isPossibleInternational(digits: string): boolean {
  for (let size = 1; size <= 3; size += 1) {
    const lengths = possibleLengths.get(digits.slice(0, size));
    if (lengths === undefined) continue;
    const national = digits.length - size;
    if ((lengths & (1 << national)) !== 0) return true;
    // A trunk zero that was kept, as in +49 (0) 30 …
    return digits[size] === "0" && (lengths & (1 << (national - 1))) !== 0;
  }
  return false;
}

/** Whether the plan assigns such a number; about 5 us, so the scan's allowance of costly checks limits it, and beyond that the shape decides. */
export function isAssigned(scan: Scan, number: string, country?: CountryCode): boolean {
  if (scan.budget.checks <= 0) return true;
  scan.budget.checks -= 1;
  return country === undefined ? isValidPhoneNumber(number) : isValidPhoneNumber(number, country);
}

/** Countries that write a trunk zero before national numbers, in the order in which they are tried. */
const trunkZero: readonly CountryCode[] = ["DE", "FR", "GB", "NL", "BE", "AT", "CH", "SE", "FI", "IE", "RO", "HR", "SI", "SK", "BG", "RS", "UA", "TR"];

export const isAssignedWithTrunkZero = (scan: Scan, digits: string): boolean => trunkZero.some((country) => isAssigned(scan, digits, country));
