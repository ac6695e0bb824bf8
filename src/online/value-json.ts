import { type FeatureValue, itemType, type ValueType } from "../domain/index.ts";
import { formatTimestamp } from "../kit/index.ts";
import { float32Text } from "./float32-text.ts";
import { asBuffer } from "./utf8.ts";

/**
 * A value as JSON text: int64 as plain digits, float32 as the shortest decimal that reads back as it, "NaN" and the infinities as
 * strings, timestamps as ISO 8601 strings, bytes as base64.
 */
export function valueJson(type: ValueType, value: FeatureValue): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return itemType(type) === "float32" ? float32Json(value) : numberJson(value);
    case "bigint":
      return itemType(type) === "timestamp" ? `"${formatTimestamp(value)}"` : value.toString();
    case "boolean":
      return value ? "true" : "false";
  }
  if (value instanceof Uint8Array) return `"${asBuffer(value).toString("base64")}"`;
  return `[${value.map((item) => valueJson(itemType(type), item)).join(",")}]`;
}

export function numberJson(value: number): string {
  return Number.isFinite(value) ? String(value) : `"${value}"`;
}

export function float32Json(value: number): string {
  return Number.isFinite(value) ? float32Text(value) : `"${value}"`;
}
