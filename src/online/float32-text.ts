const EXACT_INTEGER = 2 ** 24;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const DIGITS_MIN = 6; // any decimal of up to 6 digits survives a float32
const DIGITS_MAX = 9; // any float32 survives 9 digits
const SMALLEST_NORMAL = 2 ** -126;

/**
 * The shortest decimal that reads back as this finite float32: 0.1, where the same value as a double would print
 * 0.10000000149011612.
 */
export function float32Text(value: number): string {
  const size = Math.abs(value);
  if (size < EXACT_INTEGER && Number.isInteger(value)) return String(value);
  if (size >= 1e-4 && size < EXACT_INTEGER) {
    // Whole numbers over a power of ten are exact up to here, so the double nearest to the quotient prints as that decimal.
    const before = Math.floor(Math.log10(size)) + 1;
    for (let digits = DIGITS_MIN; digits <= DIGITS_MAX; digits += 1) {
      const power = POWERS_OF_TEN[digits - before] ?? 1;
      const rounded = Math.round(value * power) / power;
      if (Math.fround(rounded) === value) return String(rounded);
    }
  }
  return String(bySignificantDigits(value));
}

function bySignificantDigits(value: number): number {
  for (let digits = Math.abs(value) < SMALLEST_NORMAL ? 1 : DIGITS_MIN; digits < DIGITS_MAX; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(DIGITS_MAX));
}
