import type { FeatureValue, ProfileMeasure } from "../../domain/index.ts";
import type { ProfiledValue } from "../statistics/profile-values.ts";

export interface Measured {
  readonly kind: "numeric" | "categorical";
  readonly measure: ProfileMeasure;
}

/** What of a value is profiled, the same as the offline engine measures: lists and bytes by their length, times by being there. */
export function measuredValue(value: FeatureValue, { kind, measure }: Measured): ProfiledValue {
  if (value === null) return null;
  if (measure === "presence") return "any value";
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length;
  if (kind === "categorical") return String(value);
  return Number(value);
}
