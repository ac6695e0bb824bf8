import { type BareView, BITMAP_AT, WIDTHS } from "../bare/stored-rows.ts";

/** Pushed columns, as JSON.parse gives them. */
export interface DriverRows {
  readonly driver_id: readonly number[];
  readonly event_timestamp: readonly string[];
  readonly created: readonly string[];
  readonly [feature: string]: readonly unknown[];
}

/** Rows as Larder stores them, one buffer each, made by hand. */
export function encodeRows(features: BareView["features"], df: DriverRows): Buffer[] {
  const bitmapEnd = BITMAP_AT + Math.ceil(features.length / 8);
  const heapAt = features.reduce((sum, { type }) => sum + (WIDTHS[type] ?? 0), bitmapEnd);
  const texts = features.flatMap(({ name, type }) => (type === "string" ? [df[name] as readonly (string | null)[]] : []));
  return df.driver_id.map((_, row) => {
    const bytes = Buffer.alloc(texts.reduce((sum, values) => sum + Buffer.byteLength(values[row] ?? ""), heapAt));
    writeTime(bytes, 0, df.event_timestamp[row] ?? "");
    writeTime(bytes, 8, df.created[row] ?? "");
    bytes[16] = 1;
    let [at, heapEnd] = [bitmapEnd, heapAt];
    for (const [index, { name, type }] of features.entries()) {
      const value = df[name]?.[row] ?? null;
      if (value === null) bytes[BITMAP_AT + (index >> 3)] = (bytes[BITMAP_AT + (index >> 3)] ?? 0) | (1 << (index & 7));
      if (type === "string") {
        heapEnd += bytes.write(String(value ?? ""), heapEnd, "utf8");
        bytes.writeUInt32LE(heapEnd - heapAt, at);
      } else if (value !== null) writeValue(bytes, at, type, Number(value));
      at += WIDTHS[type] ?? 0;
    }
    return bytes;
  });
}

function writeValue(bytes: Buffer, at: number, type: string, value: number): void {
  if (type === "float32") bytes.writeFloatLE(value, at);
  else if (type === "float64") bytes.writeDoubleLE(value, at);
  else if (type === "int32") bytes.writeInt32LE(value, at);
  else if (type === "bool") bytes[at] = value;
  else {
    bytes.writeUInt32LE(value >>> 0, at);
    bytes.writeInt32LE(Math.floor(value / 0x1_0000_0000), at + 4);
  }
}

/** 2026-01-01T00:00:00.000000Z as microseconds, big-endian with the sign flipped. */
function writeTime(bytes: Buffer, at: number, text: string): void {
  const micros = Date.parse(text) * 1_000 + Number(text.slice(23, 26));
  bytes.writeUInt32BE((Math.floor(micros / 0x1_0000_0000) ^ 0x8000_0000) >>> 0, at);
  bytes.writeUInt32BE(micros % 0x1_0000_0000, at + 4);
}
