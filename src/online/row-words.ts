/*
 * Numbers as the 32-bit words they are stored as, so that 64-bit values are copied and compared without a bigint per cell.
 */

/** Flips the sign of a word, so that signed numbers sort as unsigned bytes. */
export const SIGN_BIT = 0x8000_0000;

const LITTLE_ENDIAN_HOST = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Where the low and the high word of a 64-bit array's element stand in `wordsOf` it. */
export const LOW = LITTLE_ENDIAN_HOST ? 0 : 1;
export const HIGH = 1 - LOW;

/** The words behind a typed array; element i of a 64-bit one has words 2i + LOW and 2i + HIGH. */
export function wordsOf(data: Int32Array | Float32Array | Float64Array | BigInt64Array): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
}

/** The byte at an index inside the row: callers have checked the row's length. */
export function byteAt(bytes: Uint8Array, index: number): number {
  return bytes[index] as number;
}

export function uint32At(bytes: Uint8Array, offset: number): number {
  return (byteAt(bytes, offset) | (byteAt(bytes, offset + 1) << 8) | (byteAt(bytes, offset + 2) << 16) | (byteAt(bytes, offset + 3) << 24)) >>> 0;
}

export function uint32BigEndianAt(bytes: Uint8Array, offset: number): number {
  return ((byteAt(bytes, offset) << 24) | (byteAt(bytes, offset + 1) << 16) | (byteAt(bytes, offset + 2) << 8) | byteAt(bytes, offset + 3)) >>> 0;
}

// Words from −2^21 on join to a whole number that a double holds exactly, which is far cheaper than joining bigints.
const EXACT_HIGH = 0x20_0000;

export function int64FromWords(low: number, high: number): bigint {
  const signed = high | 0;
  if (signed >= -EXACT_HIGH && signed < EXACT_HIGH) return BigInt(signed * 0x1_0000_0000 + low);
  return (BigInt(signed) << 32n) | BigInt(low);
}

/** The digits of an int64. */
export function int64Text(low: number, high: number): string {
  const signed = high | 0;
  if (signed >= -EXACT_HIGH && signed < EXACT_HIGH) return String(signed * 0x1_0000_0000 + low);
  return int64FromWords(low, high).toString();
}

/** An int64 stored big-endian with its sign flipped. */
export function sortableInt64At(bytes: Uint8Array, offset: number): bigint {
  return int64FromWords(uint32BigEndianAt(bytes, offset + 4), uint32BigEndianAt(bytes, offset) ^ SIGN_BIT);
}

/** All NaNs become one, so that equal values are equal bytes. */
export function canonicalFloat32(word: number): number {
  return (word & 0x7fff_ffff) > 0x7f80_0000 ? 0x7fc0_0000 : word;
}

export const NAN_HIGH = 0x7ff8_0000;

export function isNaNWords(low: number, high: number): boolean {
  const magnitude = high & 0x7fff_ffff;
  return magnitude > 0x7ff0_0000 || (magnitude === 0x7ff0_0000 && low !== 0);
}

const float32 = new Float32Array(1);
const float32Word = new Uint32Array(float32.buffer);
const float64 = new Float64Array(1);
const float64Words = new Uint32Array(float64.buffer);

export function float32FromWord(word: number): number {
  float32Word[0] = word;
  return float32[0] ?? 0;
}

export function float64FromWords(low: number, high: number): number {
  float64Words[LOW] = low;
  float64Words[HIGH] = high;
  return float64[0] ?? 0;
}
