import { describe, expect, it } from "vitest";
import type { ViewSpec } from "../../domain/index.ts";
import { specDiff } from "./spec-diff.ts";

const source = { name: "driver_stats", type: "file", timestampField: "datetime", createdTimestampColumn: "created", query: null, batch: null } as const;
const spec: ViewSpec = {
  joinKeys: [{ name: "driver_id", type: "int64" }],
  features: [
    { name: "acc_rate", type: "float32", column: "acc_rate" },
    { name: "conv_rate", type: "float32", column: "conv_rate" },
  ],
  source,
  transform: null,
};
const texts = (before: ViewSpec, after: ViewSpec) => specDiff(before, after).map(({ sign, text }) => `${sign} ${text}`);

describe("what a version changed", () => {
  it("says nothing of a first version, nor of equal ones", () => {
    expect(specDiff(null, spec)).toEqual([]);
    expect(specDiff(spec, structuredClone(spec))).toEqual([]);
  });

  it("names features and join keys that came, went or changed", () => {
    const after: ViewSpec = {
      ...spec,
      joinKeys: [{ name: "driver_id", type: "string" }],
      features: [
        { name: "acc_rate", type: "float64", column: "acceptance" },
        { name: "trips", type: "int32", column: "trips" },
      ],
    };
    expect(texts(spec, after)).toEqual([
      "~ join key driver_id int64 → driver_id string",
      "- feature conv_rate float32",
      "~ feature acc_rate float32 → acc_rate float64 from column acceptance",
      "+ feature trips int32",
    ]);
  });

  it("names what changed about the source, its batch source included", () => {
    const stream: ViewSpec = { ...spec, source: { ...source, name: "live", type: "kafka", batch: source } };
    expect(texts(spec, stream)).toEqual(["~ source driver_stats → live", "~ source type file → kafka", "+ batch source driver_stats"]);
    const moved: ViewSpec = { ...stream, source: { ...stream.source, batch: { ...source, createdTimestampColumn: null } } };
    expect(texts(stream, moved)).toEqual(["~ batch created time column created → none"]);
  });

  it("shows the lines of a transform that differ", () => {
    const before = { ...spec, transform: "select a,\n  b\nfrom input" };
    const after = { ...spec, transform: "select a,\n  b * 100 as b\nfrom input" };
    expect(texts(before, after)).toEqual(["- transform b", "+ transform b * 100 as b"]);
  });
});
