import type { PackedBatch, RowSpace } from "./port.ts";

/** The rows of one view version in one project. */
export function rowSpace(project: { readonly onlineId: string }, view: { readonly versionId: string }): RowSpace {
  return { project: project.onlineId, version: view.versionId };
}

/** Key of entry i, sharing the batch's memory. */
export function entityKeyAt({ keys, keyEnds }: PackedBatch, index: number): Uint8Array {
  return keys.subarray(index === 0 ? 0 : keyEnds[index - 1], keyEnds[index]);
}

/** Packed row of entry i, sharing the batch's memory. */
export function packedRowAt({ values, valueEnds }: PackedBatch, index: number): Uint8Array {
  return values.subarray(index === 0 ? 0 : valueEnds[index - 1], valueEnds[index]);
}

/** Every key as bytes of its own view of the memory, for a read. */
export function keyList({ count, keys, keyEnds }: Pick<PackedBatch, "count" | "keys" | "keyEnds">): Uint8Array[] {
  const list = new Array<Uint8Array>(count);
  for (let index = 0, start = 0; index < count; index += 1) {
    const end = keyEnds[index] ?? start;
    list[index] = keys.subarray(start, end);
    start = end;
  }
  return list;
}

/** Keys and rows, each of its own, as one batch. */
export function toPackedBatch(entries: readonly { readonly key: Uint8Array; readonly value: Uint8Array }[]): PackedBatch {
  const keyEnds = new Uint32Array(entries.length);
  const valueEnds = new Uint32Array(entries.length);
  const keys = Buffer.concat(entries.map(({ key }) => key));
  const values = Buffer.concat(entries.map(({ value }) => value));
  entries.forEach(({ key, value }, index) => {
    keyEnds[index] = (keyEnds[index - 1] ?? 0) + key.length;
    valueEnds[index] = (valueEnds[index - 1] ?? 0) + value.length;
  });
  return { count: entries.length, keys, keyEnds, values, valueEnds };
}
