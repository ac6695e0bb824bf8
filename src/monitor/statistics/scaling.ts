/** Powers of two that keep long products within the range of doubles. */
export const TWO_128 = 2 ** 128;

/** value · 2^exponent; in steps, since 2^exponent alone may be out of range. */
export function timesPowerOfTwo(value: number, exponent: number): number {
  let scaled = value;
  for (let left = exponent; left !== 0; ) {
    const step = Math.max(-512, Math.min(512, left));
    scaled *= 2 ** step;
    left -= step;
  }
  return scaled;
}
