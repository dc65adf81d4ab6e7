import { digitAt } from "./weighted.ts";

/** Multiplication of the dihedral group of order 10, by rows (Verhoeff, 1969). */
const product = ["0123456789", "1234067895", "2340178956", "3401289567", "4012395678", "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"];
const permutation = ["0123456789", "1576283094", "5803796142", "8916043527", "9453126870", "4286573901", "2793806415", "7046913258"];

/** Whether the last digit is the check digit of those before it. */
export function verhoeff(value: string): boolean {
  let check = 0;
  for (let index = 0; index < value.length; index += 1) {
    const digit = digitAt(value, value.length - 1 - index);
    check = digitAt(product[check] ?? "", digitAt(permutation[index % 8] ?? "", digit));
  }
  return check === 0;
}
