import { type FeatureValue, itemType, type ScalarType, type ValueType } from "../domain/index.ts";
import { formatTimestamp } from "../kit/index.ts";
import { float32Text } from "./float32-text.ts";
import { asBuffer } from "./utf8.ts";

/**
 * A value as JSON text: int64 as plain digits, float32 as the shortest decimal that reads back as it, "NaN" and the infinities as
 * strings, whole floats with ".0", timestamps as ISO 8601 strings, bytes as base64.
 */
export function valueJson(type: ValueType, value: FeatureValue): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return numberOf(itemType(type), value);
    case "bigint":
      return itemType(type) === "timestamp" ? `"${formatTimestamp(value)}"` : value.toString();
    case "boolean":
      return value ? "true" : "false";
  }
  if (value instanceof Uint8Array) return `"${asBuffer(value).toString("base64")}"`;
  return `[${value.map((item) => valueJson(itemType(type), item)).join(",")}]`;
}

function numberOf(type: ScalarType, value: number): string {
  if (type === "float32") return float32Json(value);
  return type === "float64" ? float64Json(value) : String(value);
}

/** A float64. */
export function float64Json(value: number): string {
  return isWhole(value) ? `${value}.0` : Number.isFinite(value) ? String(value) : `"${value}"`;
}

export function float32Json(value: number): string {
  return isWhole(value) ? `${float32Text(value)}.0` : Number.isFinite(value) ? float32Text(value) : `"${value}"`;
}

/** Whole, and written without an exponent: such a float gets a ".0", for Python tells floats from integers by their text. */
function isWhole(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 1e21;
}
