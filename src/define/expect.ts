import { type Expectations, expectationMistakes, type ValueType, wholeBound } from "../domain/index.ts";
import { isRecord } from "./option-reader.ts";
import { suggestion } from "./suggest.ts";
import { isUnloaded } from "./unloaded.ts";

/** What the values of a feature should be like. Nulls break nothing but `nullRateMax`. */
export interface ExpectOptions {
  /** The lowest value, of a number. */
  readonly min?: number | bigint;
  /** The highest value, of a number. */
  readonly max?: number | bigint;
  /** The only values, of a string, a bool or a whole number. */
  readonly allowed?: readonly (string | boolean | number | bigint)[];
  /** The share of a run's rows that may be null, 0 to 1; 0: none. */
  readonly nullRateMax?: number;
  /** No value stands in two rows of a run. */
  readonly unique?: boolean;
  /** `"warn"` (default): the run goes on and tells. `"block"`: it fails before anything is written. */
  readonly onFailure?: "warn" | "block";
}

type Note = (field: string | null, message: string) => void;

const KEYS = ["min", "max", "allowed", "nullRateMax", "unique", "onFailure"];

/** The expectations of one feature, null where there are none, after noting what is wrong with them. */
export function readExpect(type: ValueType, value: unknown, note: Note): Expectations | null {
  if (value === undefined || isUnloaded(value)) return null;
  if (!isRecord(value)) {
    note(null, "must be an object such as { min: 0, max: 1 }");
    return null;
  }
  let isWhole = true;
  const complain: Note = (field, message) => {
    isWhole = false;
    note(field, message);
  };
  for (const key of Object.keys(value)) if (!KEYS.includes(key)) complain(null, `unknown option "${key}"${suggestion(key, KEYS)}`);
  const number = (key: "min" | "max" | "nullRateMax") => {
    const given = value[key];
    if (given === undefined || typeof given === "number") return given;
    if (typeof given === "bigint" && key !== "nullRateMax") return wholeBound(given);
    complain(key, "must be a number");
    return undefined;
  };
  const [min, max, nullRateMax] = [number("min"), number("max"), number("nullRateMax")];
  const expect: Expectations = Object.freeze({
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...allowedIn(value.allowed, complain),
    ...(nullRateMax !== undefined && { nullRateMax: Number(nullRateMax) }),
    ...uniqueIn(value.unique, complain),
    onFailure: onFailureIn(value.onFailure, complain),
  });
  if (!isWhole) return null;
  const mistakes = expectationMistakes(type, expect);
  for (const { field, message } of mistakes) note(field, message);
  return mistakes.length === 0 ? expect : null;
}

function allowedIn(given: unknown, note: Note): Pick<Expectations, "allowed"> {
  if (given === undefined) return {};
  if (!Array.isArray(given)) {
    note("allowed", "must be a list of values");
    return {};
  }
  const values = given.flatMap((value: unknown) => {
    if (typeof value === "bigint") return [wholeBound(value)];
    return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? [value] : [];
  });
  if (values.length < given.length) note("allowed", "its values must be strings, bools or numbers");
  return { allowed: values };
}

function uniqueIn(given: unknown, note: Note): Pick<Expectations, "unique"> {
  if (given !== undefined && typeof given !== "boolean") note("unique", "must be true or false");
  return given === true ? { unique: true } : {};
}

function onFailureIn(given: unknown, note: Note): Expectations["onFailure"] {
  if (given === undefined || given === "warn" || given === "block") return given ?? "warn";
  note("onFailure", 'must be "warn" or "block"');
  return "warn";
}
