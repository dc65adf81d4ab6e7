import { digitAt } from "./weighted.ts";

/** Luhn's sum (ISO/IEC 7812-1, annex B): every second digit from the right doubled. Valid at 0 modulo 10. */
export function luhnSum(value: string): number {
  let sum = 0;
  for (let index = value.length - 1, double = false; index >= 0; index -= 1, double = !double) {
    const digit = digitAt(value, index) * (double ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum;
}

export const luhn = (value: string): boolean => luhnSum(value) % 10 === 0;

/** Luhn's rule in base 36, letters as 10 to 35 and doubled values above 9 reduced by 9, as the Portuguese citizen card has it. */
export function luhnOfLetters(value: string): boolean {
  let sum = 0;
  for (let index = value.length - 1, double = false; index >= 0; index -= 1, double = !double) {
    const one = Number.parseInt(value[index] ?? "", 36) * (double ? 2 : 1);
    sum += double && one > 9 ? one - 9 : one;
  }
  return sum % 10 === 0;
}

/** The check digit of GS1 numbers (EAN-13): weights 1 and 3 in turn from the left of 13 digits. */
export function ean13(value: string): boolean {
  let sum = 0;
  for (let index = 0; index < 13; index += 1) sum += digitAt(value, index) * (index % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}
