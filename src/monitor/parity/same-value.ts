import type { FeatureValue } from "../../domain/index.ts";

/** Whether two values of one type are the same: NaN is NaN, zero has no sign, lists and bytes go item by item. */
export function isSameValue(a: FeatureValue, b: FeatureValue): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  if (a instanceof Uint8Array && b instanceof Uint8Array) return a.length === b.length && a.every((byte, index) => byte === b[index]);
  if (!isList(a) || !isList(b)) return false;
  return a.length === b.length && a.every((item, index) => isSameValue(item, b[index] ?? null));
}

function isList(value: FeatureValue): value is readonly FeatureValue[] {
  return Array.isArray(value);
}
