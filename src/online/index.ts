export { unpackEntityKey } from "./entity-key.ts";
export { type PackedKeys, packKeys } from "./pack-keys.ts";
export { type PackedRows, packRows } from "./pack-rows.ts";
export { keyList, rowSpace } from "./packed-batch.ts";
export type { EventTimes, KeyCount, OnlineStore, PackedBatch, ReadRequest, RowSpace, WriteCounts } from "./port.ts";
export { compileRowReader, type FeatureReader, type RowReader } from "./row-reader.ts";
export { type AgeSample, sampleAges } from "./sample-ages.ts";
export { type UnpackedRow, unpackRow } from "./unpack-row.ts";
export { valueJson } from "./value-json.ts";
