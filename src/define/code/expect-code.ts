import type { Expectations, ValueType } from "../../domain/index.ts";
import { type CodeValue, RawCode } from "./typescript.ts";

/** Expectations as a repo writes them; those that are the default are left out. */
export function expectCode(type: ValueType, { min, max, allowed, nullRateMax, unique, onFailure }: Expectations): CodeValue {
  // digits of a whole number that a double cannot hold
  const exact = (value: string | number | boolean): CodeValue => (typeof value === "string" && type !== "string" ? new RawCode(`${value}n`) : value);
  return {
    min: min === undefined ? undefined : exact(min),
    max: max === undefined ? undefined : exact(max),
    allowed: allowed?.map(exact),
    nullRateMax,
    unique,
    onFailure: onFailure === "warn" ? undefined : onFailure,
  };
}
