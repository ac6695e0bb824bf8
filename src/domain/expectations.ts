import { coerceJson, type FeatureValue } from "./value.ts";
import { isListType, type ValueType } from "./value-type.ts";

/*
 * Words. An *expectation* is what a team says about the values of one feature: bounds, a set, how many nulls, no value twice. A materialize run
 * holds its rows against them before it writes any. NaN counts as null; a null breaks no expectation but the one about nulls.
 */

/** A number; a whole number that a double cannot hold stands as its digits. */
export type Bound = number | string;

export type OnFailure = "warn" | "block";

/** What is left out is not expected. It stands in definitions, so it survives JSON. */
export interface Expectations {
  readonly min?: Bound;
  readonly max?: Bound;
  /** Values of the feature's type, whole numbers as in bounds. */
  readonly allowed?: readonly (string | number | boolean)[];
  /** Share of rows that may be null, 0 to 1. */
  readonly nullRateMax?: number;
  /** No value stands in two rows. */
  readonly unique?: true;
  /** warn: the run goes on and its receipt tells; block: the run fails before anything is written. */
  readonly onFailure: OnFailure;
}

export type Expectation = Exclude<keyof Expectations, "onFailure">;

export interface ExpectationMistake {
  readonly field: keyof Expectations | null; // null: all of it
  readonly message: string;
}

export const ALLOWED_MAX = 1_000;

const WITH_BOUNDS: readonly ValueType[] = ["int32", "int64", "float32", "float64"];
const WITH_SET: readonly ValueType[] = ["string", "bool", "int32", "int64"];

export function canBound(type: ValueType): boolean {
  return WITH_BOUNDS.includes(type);
}

export function canList(type: ValueType): boolean {
  return WITH_SET.includes(type);
}

export function canBeUnique(type: ValueType): boolean {
  return !isListType(type);
}

/** What makes no sense in the expectations of a feature of this type; empty: nothing. */
export function expectationMistakes(type: ValueType, expect: Expectations): readonly ExpectationMistake[] {
  const { onFailure: _, ...expected } = expect;
  if (Object.values(expected).every((value) => value === undefined)) {
    return [{ field: null, message: "nothing is expected: name min, max, allowed, nullRateMax or unique, or leave it out" }];
  }
  return [...boundMistakes(type, expect), ...allowedMistakes(type, expect), ...otherMistakes(type, expect)];
}

function boundMistakes(type: ValueType, expect: Expectations): readonly ExpectationMistake[] {
  const mistakes: ExpectationMistake[] = [];
  const read = (field: "min" | "max"): number | bigint | null => {
    const bound = expect[field];
    if (bound === undefined) return null;
    const value = canBound(type) ? boundValue(type, bound) : null;
    if (!canBound(type)) mistakes.push({ field, message: `only numbers have a ${field}, this is ${article(type)} ${type}` });
    else if (value === null) mistakes.push({ field, message: `${JSON.stringify(bound)} is not ${article(type)} ${type}` });
    return value;
  };
  const [min, max] = [read("min"), read("max")];
  if (min !== null && max !== null && min > max) mistakes.push({ field: "min", message: `min ${min} is above max ${max}` });
  return mistakes;
}

function allowedMistakes(type: ValueType, { allowed }: Expectations): readonly ExpectationMistake[] {
  const mistake = (message: string): readonly ExpectationMistake[] => [{ field: "allowed", message }];
  if (allowed === undefined) return [];
  if (!canList(type)) return mistake(`only strings, bools and whole numbers have a set of values, this is ${article(type)} ${type}`);
  if (allowed.length === 0) return mistake("name at least one value");
  if (allowed.length > ALLOWED_MAX) return mistake(`${allowed.length} values are too many: name at most ${ALLOWED_MAX}`);
  const wrong = allowed.find((value) => allowedValue(type, value) === null);
  if (wrong !== undefined) return mistake(`${JSON.stringify(wrong)} is not ${article(type)} ${type}`);
  const seen = new Set(allowed.map((value) => String(allowedValue(type, value))));
  return seen.size === allowed.length ? [] : mistake("a value stands in it twice");
}

function otherMistakes(type: ValueType, { nullRateMax, unique }: Expectations): readonly ExpectationMistake[] {
  const isShare = nullRateMax === undefined || (nullRateMax >= 0 && nullRateMax <= 1);
  return [
    ...(isShare ? [] : [{ field: "nullRateMax" as const, message: `${nullRateMax} is not a share of rows: write a number from 0 to 1` }]),
    ...(unique === undefined || canBeUnique(type) ? [] : [{ field: "unique" as const, message: "lists cannot be unique" }]),
  ];
}

/** A bound in the feature's type; null: it is none. */
export function boundValue(type: ValueType, bound: Bound): number | bigint | null {
  const read = coerceJson(type, bound);
  const value: FeatureValue = read.ok ? read.value : null;
  if (typeof value === "bigint") return value;
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A value of the allowed set in the feature's type; null: it is none. */
export function allowedValue(type: ValueType, value: string | number | boolean): string | number | bigint | boolean | null {
  const read = coerceJson(type, value);
  if (!read.ok || read.value === null || typeof read.value === "object") return null;
  return read.value;
}

/** A whole number as definitions hold it: digits only where a double cannot. */
export function wholeBound(value: bigint): Bound {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function article(type: ValueType): string {
  return type.startsWith("int") ? "an" : "a";
}

const SHOWN_MAX = 6;

/** What is expected, in words: "0 to 1", "one of low, fair, high", "null in at most 5 %". */
export function expectationTexts({ min, max, allowed, nullRateMax, unique }: Expectations): readonly string[] {
  const range =
    min !== undefined && max !== undefined ? [`${min} to ${max}`] : min !== undefined ? [`at least ${min}`] : max !== undefined ? [`at most ${max}`] : [];
  const more = allowed !== undefined && allowed.length > SHOWN_MAX ? ` and ${allowed.length - SHOWN_MAX} more` : "";
  return [
    ...range,
    ...(allowed === undefined ? [] : [`one of ${allowed.slice(0, SHOWN_MAX).join(", ")}${more}`]),
    ...(nullRateMax === undefined ? [] : [nullRateMax === 0 ? "never null" : `null in at most ${Number((nullRateMax * 100).toPrecision(6))} %`]),
    ...(unique === undefined ? [] : ["no value twice"]),
  ];
}
