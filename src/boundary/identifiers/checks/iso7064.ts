import { digitAt } from "./weighted.ts";

/** ISO 7064 mod 11,10: a hybrid system with one check digit at the end. */
export function mod1110(value: string): boolean {
  let product = 10;
  for (let index = 0; index < value.length - 1; index += 1) {
    const sum = (digitAt(value, index) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (digitAt(value, value.length - 1) + product) % 10 === 1;
}

/** The remainder by `modulus` of a number of any length, letters read as two digits, 10 to 35. */
export function remainder(value: string, modulus: number): number {
  let rest = 0;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    rest = (code >= 65 ? rest * 100 + code - 55 : rest * 10 + code - 48) % modulus;
  }
  return rest;
}

/** ISO 7064 mod 97-10: two check digits at the end. */
export const mod9710 = (value: string): boolean => remainder(value, 97) === 1;
