import type { Feature } from "./definition.ts";
import type { Expectation, Expectations, OnFailure } from "./expectations.ts";

/** A feature of which something is expected. */
export interface ExpectedFeature extends Pick<Feature, "name" | "type"> {
  readonly expect: Expectations;
}

/** A row that breaks an expectation: its key as people read it, and the feature's value (null: null or NaN). */
export interface ExpectationExample {
  readonly key: string; // "driver_id 1001"; empty for a view without entities
  readonly value: string | null;
}

/** How many rows break one expectation; of `unique`, the rows beyond the first of each value. */
export interface ExpectationCount {
  readonly feature: string;
  readonly expectation: Expectation;
  readonly rows: number;
  readonly example: ExpectationExample | null;
}

/** An expectation that does not hold. */
export interface ExpectationFinding extends ExpectationCount {
  /** What was expected: "1", "low, fair, high", "0.05"; empty for `unique`. */
  readonly limit: string;
  /** Rows that were looked at. */
  readonly of: number;
  readonly onFailure: OnFailure;
}

const EXPECTATIONS = ["min", "max", "allowed", "nullRateMax", "unique"] as const satisfies readonly Expectation[];

export function expectedFeatures(features: readonly Feature[]): readonly ExpectedFeature[] {
  return features.flatMap(({ name, type, expect }) => (expect === undefined ? [] : [{ name, type, expect }]));
}

/** The expectations of a feature that say something. */
export function expectationsIn(expect: Expectations): readonly Expectation[] {
  return EXPECTATIONS.filter((expectation) => expect[expectation] !== undefined);
}

/** Which expectations the counts break, of so many rows; without rows none. */
export function findingsOf(expected: readonly ExpectedFeature[], counts: readonly ExpectationCount[], of: number): readonly ExpectationFinding[] {
  return counts.flatMap((count) => {
    const expect = expected.find(({ name }) => name === count.feature)?.expect;
    const rowsMax = count.expectation === "nullRateMax" ? (expect?.nullRateMax ?? 1) * of : 0;
    if (expect === undefined || count.rows <= rowsMax) return [];
    return [{ ...count, limit: limitOf(expect, count.expectation), of, onFailure: expect.onFailure }];
  });
}

function limitOf(expect: Expectations, expectation: Expectation): string {
  if (expectation === "unique") return "";
  const limit = expect[expectation];
  return typeof limit === "object" ? limit.join(", ") : String(limit);
}

const SHOWN_MAX = 80;

/** A finding as a sentence without its full stop: "conv_rate: 3 of 1000 rows are above 1, such as 1.7 of driver_id 1001". */
export function findingText({ feature, expectation, rows, of, limit, example }: ExpectationFinding): string {
  const key = example === null || example.key === "" ? "" : ` of ${example.key}`;
  const value = example === null || example.value === null ? "" : `, such as ${shorten(example.value)}${key}`;
  const share = `${feature}: ${count(rows)} of ${count(of)} rows`;
  switch (expectation) {
    case "min":
      return `${share} are below ${limit}${value}`;
    case "max":
      return `${share} are above ${limit}${value}`;
    case "allowed":
      return `${share} are none of ${shorten(limit)}${value}`;
    case "nullRateMax":
      return `${share} are null, allowed is a share of ${limit}${key === "" ? "" : `; one is that${key}`}`;
    case "unique":
      return `${share} repeat a value${value}`;
  }
}

function shorten(text: string): string {
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX - 1)}…` : text;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
