/** The value of the decimal digit at `index`. */
export const digitAt = (value: string, index: number): number => value.charCodeAt(index) - 48;

/** Each of the first digits times its weight, from `from` on, summed. */
export function weightedSum(value: string, weights: readonly number[], from = 0): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) sum += digitAt(value, from + index) * (weights[index] ?? 0);
  return sum;
}

/** The same with the digits of each product summed: 14 counts as 5. */
export function weightedDigitSum(value: string, weights: readonly number[], from = 0): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) {
    const product = digitAt(value, from + index) * (weights[index] ?? 0);
    sum += product > 9 ? Math.floor(product / 10) + (product % 10) : product;
  }
  return sum;
}

/** 11 minus the sum modulo 11, with 11 as 0; 10, which no single digit is, is left to fail. */
export const elevenComplement = (sum: number): number => (11 - (sum % 11)) % 11;

/** Two rounds of weights modulo 11, as the Baltic registers have it: where the first gives 10, the second decides, and 10 is 0. */
export function twoRoundsOfEleven(value: string, first: readonly number[], second: readonly number[]): number {
  const once = weightedSum(value, first) % 11;
  return once < 10 ? once : (weightedSum(value, second) % 11) % 10;
}

const sevenThreeOne = [7, 3, 1];

/** 7-3-1 modulo 10 over letters (10 to 35), digits and the filler `<` (ICAO Doc 9303, part 3, 4.9). */
export function documentCheck(characters: string): number {
  let sum = 0;
  for (let index = 0; index < characters.length; index += 1) {
    const code = characters.charCodeAt(index);
    const value = code === 60 ? 0 : code >= 65 ? code - 55 : code - 48;
    sum += value * (sevenThreeOne[index % 3] ?? 0);
  }
  return sum % 10;
}
