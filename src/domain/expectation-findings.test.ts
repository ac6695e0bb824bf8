import { describe, expect, it } from "vitest";
import { type ExpectationCount, type ExpectedFeature, findingsOf, findingText } from "./expectation-findings.ts";

const rate: ExpectedFeature = { name: "rate", type: "float64", expect: { min: 0, max: 1, nullRateMax: 0.1, unique: true, onFailure: "block" } };
const band: ExpectedFeature = { name: "band", type: "string", expect: { allowed: ["low", "high"], onFailure: "warn" } };
const example = { key: "driver_id 1001", value: "1.7" };
const count = (over: Partial<ExpectationCount>): ExpectationCount => ({ feature: "rate", expectation: "max", rows: 1, example, ...over });
const texts = (counts: readonly ExpectationCount[], of = 100) => findingsOf([rate, band], counts, of).map(findingText);

describe("findings", () => {
  it("are the expectations that rows break, with what to do about them", () => {
    expect(findingsOf([rate, band], [count({ rows: 3 }), count({ expectation: "min", rows: 0, example: null })], 100)).toEqual([
      { feature: "rate", expectation: "max", rows: 3, example, limit: "1", of: 100, onFailure: "block" },
    ]);
  });

  it("tell of nulls only above the share that is allowed", () => {
    const nulls = (rows: number) => count({ expectation: "nullRateMax", rows, example: { key: "driver_id 7", value: null } });
    expect(texts([nulls(10)])).toEqual([]);
    expect(texts([nulls(11)])).toEqual(["rate: 11 of 100 rows are null, allowed is a share of 0.1; one is that of driver_id 7"]);
    expect(texts([nulls(0)], 0)).toEqual([]);
  });

  it("name count, limit and an example", () => {
    expect(texts([count({}), count({ expectation: "min" }), count({ expectation: "unique", rows: 2 })])).toEqual([
      "rate: 1 of 100 rows are above 1, such as 1.7 of driver_id 1001",
      "rate: 1 of 100 rows are below 0, such as 1.7 of driver_id 1001",
      "rate: 2 of 100 rows repeat a value, such as 1.7 of driver_id 1001",
    ]);
    expect(texts([count({ feature: "band", expectation: "allowed", example: { key: "", value: "odd" } })])).toEqual([
      "band: 1 of 100 rows are none of low, high, such as odd",
    ]);
  });
});
