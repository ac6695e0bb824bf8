import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { freezeCategories, freezeNumericBins } from "../../domain/index.ts";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";
import { compareProfiles } from "./compare-profiles.ts";
import { comparisonDocument } from "./comparison-document.ts";
import { profileValues } from "./profile-values.ts";

interface GoldenCase {
  readonly name: string;
  readonly kind: "numeric" | "categorical";
  readonly baseline: readonly (number | string | null)[];
  readonly current: readonly (number | string | null)[];
  readonly expect: Readonly<Record<string, unknown>>;
}

interface Golden {
  readonly tolerance: number;
  readonly cases: readonly GoldenCase[];
  readonly benjamini_hochberg: { readonly p: readonly number[]; readonly adjusted: readonly number[] };
}

const fixture = new URL("fixtures/drift.json", import.meta.url);
const golden: Golden = JSON.parse(readFileSync(fixture, "utf8"));

function binsOf({ kind, baseline }: GoldenCase) {
  const values = baseline.filter((value) => value !== null);
  if (kind === "numeric") return freezeNumericBins(Float64Array.from(values, Number).sort());
  return freezeCategories(new Map(values.map((value) => [String(value), values.filter((other) => other === value).length])));
}

/** Numbers within the tolerance, absolutely and relatively; all else equal. */
function expectClose(actual: unknown, expected: unknown, name: string): void {
  if (Array.isArray(expected)) {
    expect(actual, name).toHaveLength(expected.length);
    for (const [index, item] of expected.entries()) expectClose((actual as readonly unknown[])[index], item, `${name}[${index}]`);
  } else if (typeof expected === "number" && typeof actual === "number") {
    expect(Math.abs(actual - expected), `${name}: ${actual} for ${expected}`).toBeLessThanOrEqual(golden.tolerance * Math.max(Math.abs(expected), 1e-300));
  } else expect(actual, name).toEqual(expected);
}

describe("golden cases", () => {
  test.each(golden.cases)("$name", (golden) => {
    const bins = binsOf(golden);
    const comparison = compareProfiles(profileValues(golden.baseline, bins), profileValues(golden.current, bins));
    const document: Readonly<Record<string, unknown>> = comparisonDocument(comparison);
    for (const [name, expected] of Object.entries(golden.expect)) expectClose(document[name], expected, name);
  });

  test("Benjamini-Hochberg", () => {
    expectClose(benjaminiHochberg(golden.benjamini_hochberg.p), golden.benjamini_hochberg.adjusted, "adjusted");
  });

  const shared = new URL("../../../../shared/golden/drift.json", import.meta.url);
  test.each([shared].filter(existsSync))("the fixture is the golden file %s", (file) => {
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(golden);
  });
});
