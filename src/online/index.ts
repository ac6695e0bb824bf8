export { entityKey, unpackEntityKey } from "./entity-key.ts";
export { type PackedKeys, packKeys } from "./pack-keys.ts";
export { type PackedRows, packRows } from "./pack-rows.ts";
export { entityKeyAt, keyList, packedRowAt, rowSpace, toPackedBatch } from "./packed-batch.ts";
export type { KeyCount, OnlineStore, PackedBatch, ReadRequest, RowSpace, WriteCounts } from "./port.ts";
export { eventTimeOf } from "./row-layout.ts";
export { compileRowReader, type FeatureReader, type RowReader } from "./row-reader.ts";
export { type UnpackedRow, unpackRow } from "./unpack-row.ts";
export { valueJson } from "./value-json.ts";
