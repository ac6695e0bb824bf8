import { formatFigure } from "./numbers.ts";

/** A stored value as a cell shows it. `kind` lets the cell mark what is no ordinary text. */
export interface ShownValue {
  readonly text: string;
  readonly kind: "null" | "number" | "text" | "list";
}

const LENGTH_MAX = 120;

/** Values of Larder's types (see domain/value-type.ts) as cells; `timestamp` bigints come as microseconds. */
export function showValue(value: unknown, type: string): ShownValue {
  if (value === null || value === undefined) return { text: "null", kind: "null" };
  if (Array.isArray(value)) {
    const items = value.slice(0, 8).map((item: unknown) => showValue(item, type.replace(/\[\]$/, "")).text);
    return { text: cut(`[${items.join(", ")}${value.length > 8 ? `, … ${value.length} items` : ""}]`), kind: "list" };
  }
  if (value instanceof Uint8Array) return { text: cut(toHex(value)), kind: "text" };
  if (typeof value === "bigint") return { text: type === "timestamp" ? microsText(value) : value.toString(), kind: type === "timestamp" ? "text" : "number" };
  if (typeof value === "number") return { text: type.startsWith("float") ? formatFloat(value, type) : String(value), kind: "number" };
  if (value instanceof Date) return { text: value.toISOString().replace("T", " ").replace(".000Z", "Z"), kind: "text" };
  return { text: cut(String(value)), kind: "text" };
}

/** float32 shows the shortest digits that give the same float32 back: 0.1, not 0.10000000149011612. */
function formatFloat(value: number, type: string): string {
  if (!Number.isFinite(value)) return String(value);
  if (!type.startsWith("float32")) return Number.isInteger(value) ? formatFigure(value) : String(value);
  for (let digits = 1; digits < 10; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}

function microsText(micros: bigint): string {
  const ms = Number(micros / 1_000n);
  const rest = ((micros % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = new Date(ms).toISOString().slice(0, 19).replace("T", " ");
  return rest === 0n ? `${seconds}Z` : `${seconds}.${rest.toString().padStart(6, "0").replace(/0+$/, "")}Z`;
}

function toHex(bytes: Uint8Array): string {
  const head = Array.from(bytes.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `0x${head}${bytes.length > 16 ? `… ${bytes.length} bytes` : ""}`;
}

function cut(text: string): string {
  return text.length > LENGTH_MAX ? `${text.slice(0, LENGTH_MAX - 1)}…` : text;
}
