const EXACT_INTEGER = 2 ** 24;
const SMALLEST_PLAIN = 1e-4;
const POWERS_OF_TEN = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);
const ZEROS = Array.from({ length: 23 }, (_, count) => "0".repeat(count));
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
  if (size >= SMALLEST_PLAIN && size < EXACT_INTEGER) {
    // Whole numbers over a power of ten are exact up to here, so the double nearest to the quotient is that decimal.
    const before = digitsBefore(size);
    for (let digits = DIGITS_MIN; digits <= DIGITS_MAX; digits += 1) {
      const power = POWERS_OF_TEN[digits - before] ?? 1;
      const units = Math.round(size * power);
      if (Math.fround(units / power) === size) return value < 0 ? `-${decimalText(units, power)}` : decimalText(units, power);
    }
  }
  return String(bySignificantDigits(value));
}

/** Digits before the point; of 0.05 it is −1. */
function digitsBefore(size: number): number {
  let count = size >= 1 ? 1 : 0;
  for (let next = 10; size >= next; next *= 10) count += 1;
  for (let next = 0.1; size < next; next /= 10) count -= 1;
  return count;
}

/** `units / power` written out, which is no whole number. Two whole numbers are far cheaper to write than one double. */
function decimalText(units: number, power: number): string {
  const whole = Math.floor(units / power);
  let part = units - whole * power;
  let parts = power;
  while (part % 10 === 0) {
    part /= 10;
    parts /= 10;
  }
  let zeros = 0;
  for (let least = parts / 10; part < least; least /= 10) zeros += 1;
  return `${whole}.${ZEROS[zeros] ?? ""}${part}`;
}

function bySignificantDigits(value: number): number {
  for (let digits = Math.abs(value) < SMALLEST_NORMAL ? 1 : DIGITS_MIN; digits < DIGITS_MAX; digits += 1) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return rounded;
  }
  return Number(value.toPrecision(DIGITS_MAX));
}
