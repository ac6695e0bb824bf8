import type { PackedBatch } from "../port.ts";

const SLICE = 2 ** 20;

/**
 * The entries of a batch by the first four bytes in which its keys differ: near enough to their order for a sorted store to touch each
 * of its pages once. Entries of equal keys stay in the order of arrival.
 */
export function keyOrder({ keys, keyEnds, count }: Pick<PackedBatch, "keys" | "keyEnds" | "count">): Uint32Array {
  const order = new Uint32Array(count);
  for (let first = 0; first < count; first += SLICE) {
    const size = Math.min(SLICE, count - first);
    const skip = commonPrefix({ keys, keyEnds }, first, size);
    const ranks = new Float64Array(size); // 32 bits of key, then 20 of place: exact in a double
    for (let index = 0; index < size; index += 1) ranks[index] = wordAt({ keys, keyEnds }, first + index, skip) * SLICE + index;
    ranks.sort();
    for (let index = 0; index < size; index += 1) order[first + index] = first + ((ranks[index] ?? 0) % SLICE);
  }
  return order;
}

type Keys = Pick<PackedBatch, "keys" | "keyEnds">;

function startOf(keyEnds: Uint32Array, index: number): number {
  return index === 0 ? 0 : (keyEnds[index - 1] ?? 0);
}

/** How many bytes all keys of a slice begin with alike. */
function commonPrefix({ keys, keyEnds }: Keys, first: number, size: number): number {
  const origin = startOf(keyEnds, first);
  let common = (keyEnds[first] ?? 0) - origin;
  for (let index = first + 1; index < first + size; index += 1) {
    const start = keyEnds[index - 1] ?? 0;
    const length = Math.min(common, (keyEnds[index] ?? 0) - start);
    common = 0;
    while (common < length && keys[start + common] === keys[origin + common]) common += 1;
  }
  return common;
}

/** Four bytes of a key as a number; what lies beyond its end counts as zeros. */
function wordAt({ keys, keyEnds }: Keys, index: number, skip: number): number {
  const start = startOf(keyEnds, index) + skip;
  const end = keyEnds[index] ?? 0;
  let word = 0;
  for (let place = 0; place < 4; place += 1) word = word * 256 + (start + place < end ? (keys[start + place] ?? 0) : 0);
  return word;
}
