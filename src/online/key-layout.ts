import type { ScalarType } from "../domain/index.ts";

/*
 * An entity key is one part per join key, in the order of their names: a tag for the type, then the value; strings and bytes have
 * their length before them. So keys are equal exactly when types and values are, and no key is the beginning of another. Whole
 * numbers and times are big-endian with the sign flipped: neighbours in value are neighbours in a sorted store.
 */

/** A type's first byte. Stored for good: a number is never used for another type. */
export const KEY_TAGS: Readonly<Record<ScalarType, number>> = {
  bytes: 1,
  string: 2,
  int32: 3,
  int64: 4,
  float32: 5,
  float64: 6,
  bool: 7,
  unix_timestamp: 8,
  timestamp: 9,
};

/** Bytes of a value after its tag; null: a length and as many bytes. */
export const KEY_WIDTHS: Readonly<Record<ScalarType, number | null>> = {
  bytes: null,
  string: null,
  int32: 4,
  int64: 8,
  float32: 4,
  float64: 8,
  bool: 1,
  unix_timestamp: 8,
  timestamp: 8,
};

/** The one key of a view without join keys. */
export const CONSTANT_KEY = 0;

/** Bytes of a length: seven bits in each, the lowest first, the top bit set where more follow. */
export function lengthSize(length: number): number {
  let size = 1;
  for (let rest = length; rest > 0x7f; rest = Math.floor(rest / 128)) size += 1;
  return size;
}

/** Writes a length; the offset after it. */
export function writeLength(target: Uint8Array, offset: number, length: number): number {
  let at = offset;
  let rest = length;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) {
    target[at] = (rest & 0x7f) | 0x80;
    at += 1;
  }
  target[at] = rest;
  return at + 1;
}

/** Reads a length and the offset after it. */
export function readLength(bytes: Uint8Array, offset: number): { readonly length: number; readonly next: number } {
  let length = 0;
  let at = offset;
  for (let scale = 1; ; scale *= 128) {
    const byte = bytes[at] ?? 0;
    at += 1;
    length += (byte & 0x7f) * scale;
    if (byte < 0x80) return { length, next: at };
  }
}
