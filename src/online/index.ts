export type { KeyCount, OnlineStore, PackedBatch, ReadRequest, RowSpace, WriteCounts } from "./port.ts";
