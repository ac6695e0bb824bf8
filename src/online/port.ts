/*
 * Words. A *row space* is all online rows of one view version in one project; versions never share rows. An *entity key* is the
 * values of a view's join keys as bytes (entity-key.ts); a *packed row* is event time, created time and the features as bytes
 * (packed-row.ts). Its first 16 bytes compare as plain bytes in the order of rows, so a store decides newest-wins without decoding.
 * An *epoch* is a random word that a store holds per project: when it is gone or another, the store is new or was flushed.
 */

export interface RowSpace {
  /** onlineId of the project: short, and free of anything a key could trip over. */
  readonly project: string;
  readonly version: string;
}

/** Keys and packed rows laid end to end; entry i is bytes [ends[i-1], ends[i]). */
export interface PackedBatch {
  readonly count: number;
  readonly keys: Uint8Array;
  readonly keyEnds: Uint32Array;
  readonly values: Uint8Array;
  readonly valueEnds: Uint32Array;
}

/** What became of each row when its turn came; together they are all rows of the batch. */
export interface WriteCounts {
  /** Rows that were the newest of their key (`created` of them for keys that had none). */
  readonly written: number;
  readonly created: number;
  /** Identical bytes were there already. */
  readonly unchanged: number;
  /** The store holds a newer row. */
  readonly skippedOlder: number;
}

export interface ReadRequest {
  readonly space: RowSpace;
  readonly keys: readonly Uint8Array[];
}

export interface KeyCount {
  readonly keys: number;
  readonly exact: boolean;
  /** Memory or disk of these rows, where the store can tell. */
  readonly bytes: number | null;
}

/** Event times of a space's rows, in no order. */
export interface EventTimes {
  readonly events: BigInt64Array; // microseconds since 1970
  /** Of every row; else of a part of them, taken in the store's own order of keys. */
  readonly exact: boolean;
}

/** The newest row per entity key. All failures to reach the store are LarderError "unavailable". */
export interface OnlineStore {
  /** "sqlite", "redis": the name that online state is kept under. */
  readonly type: string;
  /** Where it is, for people, without secrets. */
  readonly place: string;
  /** Writes each row unless the store holds a newer one (a full tie: the later wins); atomic per row, in the batch's order. */
  writeNewest(space: RowSpace, batch: PackedBatch): Promise<WriteCounts>;
  /** Packed rows in the order asked, null where there is none; duplicates are answered twice. One round trip where the store can. */
  read(requests: readonly ReadRequest[]): Promise<(Uint8Array | null)[][]>;
  /** Every row of a space in some order, in batches; rows written meanwhile may or may not appear. */
  scan(space: RowSpace, batchRows: number): AsyncIterable<PackedBatch>;
  count(space: RowSpace): Promise<KeyCount>;
  /** Whether reading the time of every row costs no more than a look at a file; else ask for some thousands. */
  readonly readsTimesCheaply: boolean;
  /** Event times of the rows, of `rowsMax` of them where there are more. */
  eventTimes(space: RowSpace, rowsMax: number): Promise<EventTimes>;
  /** Removes the rows of these spaces and of no others; the number of rows removed. */
  drop(spaces: readonly RowSpace[]): Promise<number>;
  /** The epoch of this project in this store; made when there is none. */
  epoch(project: string): Promise<{ readonly epoch: string; readonly isNew: boolean }>;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  dispose(): Promise<void>;
}
