import { formatTimestamp, tryParseTimestamp } from "../kit/index.ts";
import { isListType, itemType, type ScalarType, type ValueType } from "./value-type.ts";

/** One value as Larder holds it in memory; which of these for which type is said in value-type.ts. */
export type FeatureValue = null | boolean | number | bigint | string | Uint8Array | readonly FeatureValue[];

/** A value, or the reason why the input is none of this type. */
export type Coerced = { readonly ok: true; readonly value: FeatureValue } | { readonly ok: false; readonly reason: string };

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** Reads a JSON value (parsed by parseJsonExact) as a value of `type`. Nothing is wrapped or cut: what does not fit is refused. */
export function coerceJson(type: ValueType, input: unknown): Coerced {
  if (input === null || input === undefined) return { ok: true, value: null };
  if (!isListType(type)) return coerceScalar(type, input);
  if (!Array.isArray(input)) return refuse(type, input);
  const items: FeatureValue[] = [];
  for (const entry of input) {
    const item = coerceJson(itemType(type), entry);
    if (!item.ok) return item;
    items.push(item.value);
  }
  return { ok: true, value: items };
}

function coerceScalar(type: ScalarType, input: unknown): Coerced {
  switch (type) {
    case "string":
      return typeof input === "string" ? accept(input) : refuse(type, input);
    case "bool":
      return typeof input === "boolean" ? accept(input) : refuse(type, input);
    case "bytes":
      return coerceBytes(input);
    case "int32":
      return typeof input === "number" && Number.isInteger(input) && input === (input | 0) ? accept(input | 0) : refuse(type, input);
    case "int64":
    case "unix_timestamp":
      return coerceInt64(type, input);
    case "float32":
    case "float64":
      return coerceFloat(type, input);
    case "timestamp":
      return coerceTimestamp(input);
  }
}

function coerceInt64(type: ScalarType, input: unknown): Coerced {
  const isDigits = typeof input === "string" && /^[+-]?\d{1,20}$/.test(input);
  const isWhole = typeof input === "bigint" || (typeof input === "number" && Number.isSafeInteger(input)) || isDigits;
  if (!isWhole) return refuse(type, input);
  const value = BigInt(input as bigint | number | string);
  return value >= INT64_MIN && value <= INT64_MAX ? accept(value) : refuse(type, input);
}

const NON_FINITE: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity: Number.POSITIVE_INFINITY, "-Infinity": Number.NEGATIVE_INFINITY };

function coerceFloat(type: "float32" | "float64", input: unknown): Coerced {
  const named = typeof input === "string" ? NON_FINITE[input] : undefined;
  const value = typeof input === "bigint" ? Number(input) : (named ?? input);
  if (typeof value !== "number") return refuse(type, input);
  if (type === "float64") return accept(value);
  const rounded = Math.fround(value);
  return Number.isFinite(value) && !Number.isFinite(rounded) ? refuse(type, input) : accept(rounded);
}

function coerceTimestamp(input: unknown): Coerced {
  const micros = typeof input === "string" ? tryParseTimestamp(input) : null;
  return micros === null ? { ok: false, reason: `${show(input)} is not a timestamp: write ISO 8601, a time without a zone is UTC` } : accept(micros);
}

function coerceBytes(input: unknown): Coerced {
  if (input instanceof Uint8Array) return accept(input);
  if (typeof input !== "string" || !/^[A-Za-z0-9+/]*={0,2}$/.test(input) || input.length % 4 !== 0) {
    return { ok: false, reason: `${show(input)} is not bytes: write base64` };
  }
  return accept(new Uint8Array(Buffer.from(input, "base64")));
}

function accept(value: FeatureValue): Coerced {
  return { ok: true, value };
}

function refuse(type: ValueType, input: unknown): Coerced {
  return { ok: false, reason: `${show(input)} is not ${/^(int|unix|u)/.test(type) ? "an" : "a"} ${type}` };
}

function show(input: unknown): string {
  const text = typeof input === "bigint" ? input.toString() : JSON.stringify(input);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The JSON form: int64 stays a bigint (written as plain digits), non-finite numbers and timestamps are strings, bytes base64. */
export function toJsonValue(type: ValueType, value: FeatureValue): unknown {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item: FeatureValue) => toJsonValue(itemType(type), item));
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (typeof value === "bigint") return itemType(type) === "timestamp" ? formatTimestamp(value) : value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  return value;
}
