import { describe, expect, test } from "vitest";
import type { Definition, ValueType } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { aFileSource, anEntity, aPushSource, aView, exampleDefinitions, located, someFeatures } from "../testing/builders.ts";
import { inspectSources } from "./inspect-sources.ts";
import type { SourceColumn, SourceInspector } from "./port.ts";

const GOOD: Readonly<Record<string, ValueType>> = {
  driver_id: "int64",
  datetime: "timestamp",
  created: "timestamp",
  conv_rate: "float64",
  acc_rate: "float32",
  avg_daily_trips: "int64",
};

function columns(types: Readonly<Record<string, ValueType | null>>, engineType?: string): readonly SourceColumn[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, engineType: engineType ?? type ?? "DECIMAL(10,2)" }));
}

type Answer = readonly SourceColumn[] | LarderError;

/** Answers by what it is asked; counts how often it opens something. */
function inspectorOf(answer: (path: string, transform: string | null) => Answer): SourceInspector & { readonly opened: string[] } {
  const opened: string[] = [];
  return {
    opened,
    async columns(source, transform) {
      const path = source.type === "file" ? source.path : source.name;
      opened.push(`${path} ${transform ?? ""}`.trim());
      const given = answer(path, transform);
      if (given instanceof LarderError) throw given;
      return given;
    },
    inspect: async () => ({ columns: [], files: null, rows: null, bytes: null, eventMin: null, eventMax: null }),
  };
}

async function inspect(definitions: readonly Definition[], answer: Parameters<typeof inspectorOf>[0]) {
  const problems = await inspectSources(inspectorOf(answer), located(definitions));
  return problems.map(({ severity, line, message }) => `${line} ${severity}: ${message}`);
}

const [entity, source] = [anEntity(), aFileSource()];

test("fitting columns are no problem, others of the source nobody's business", async () => {
  expect(await inspect(exampleDefinitions, () => columns({ ...GOOD, price: null }))).toEqual([]);
});

describe("columns", () => {
  const { datetime: _datetime, ...noTime } = GOOD;
  const { acc_rate: _accRate, ...noFeature } = GOOD;
  const { driver_id: _driverId, ...noKey } = GOOD;
  test.each<[string, Readonly<Record<string, ValueType | null>>, RegExp]>([
    ["no event time", noTime, /^2 error: data source "driver_stats": there is no column "datetime" \(event time\) in data source "driver_stats"/],
    ["a feature's column missing", noFeature, /^3 error: feature view "driver_stats": there is no column "acc_rate" \(feature\)/],
    ["a near name", { ...noFeature, ac_rate: "float32" }, /Did you mean ac_rate\?/],
    ["no join key", noKey, /^3 error: .*"driver_id" \(join key\)/],
    [
      "a text where a number was declared",
      { ...GOOD, avg_daily_trips: "string" },
      /is string, not int32; .*cast\(avg_daily_trips as integer\) as avg_daily_trips/,
    ],
    ["a type that no feature has", { ...GOOD, conv_rate: null }, /is DECIMAL\(10,2\), which no feature can have; .*cast\(conv_rate as float\)/],
    [
      "event time as text",
      { ...GOOD, datetime: "string" },
      /^2 error: .*"datetime" \(event time\).* is string, not timestamp; .*cast\(datetime as timestamptz\)/,
    ],
  ])("%s", async (_what, types, expected) => {
    const problems = await inspect(exampleDefinitions, () => columns(types));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  test("a feature under another name is looked for under its column", async () => {
    const renamed = aView({
      features: [{ ...someFeatures({ trips: "int32" })[0], name: "trips", type: "int32", column: "n_trips", description: "", tags: {} }],
    });
    expect((await inspect([entity, source, renamed], () => columns(GOOD)))[0]).toMatch(/no column "n_trips" \(feature "trips"\)/);
  });
});

describe("a transform", () => {
  const view = aView({ transform: "select * from input" });

  test("decides which columns count", async () => {
    const raw = { driver: "int64", at: "timestamp" } as const;
    expect(await inspect([entity, source, view], (_path, transform) => columns(transform === null ? raw : GOOD))).toEqual([]);
  });

  test("must give the time columns too", async () => {
    const { datetime: _, ...result } = GOOD;
    const problems = await inspect([entity, source, view], (_path, transform) => columns(transform === null ? GOOD : result));
    expect(problems).toEqual([expect.stringMatching(/^3 error: feature view .*"datetime" \(event time\) in the transform's result/)]);
  });

  test("that does not run is told at the view", async () => {
    const broken = new LarderError("invalid_definition", 'syntax error near "selct"');
    expect(await inspect([entity, source, view], (_path, transform) => (transform === null ? columns(GOOD) : broken))).toEqual([
      '3 error: feature view "driver_stats": its transform does not run: syntax error near "selct"',
    ]);
  });
});

describe("a source that does not open", () => {
  const unreadable = new LarderError("invalid_definition", "no Parquet file", { hint: "Check the path." });

  test("is one error at its line, however many views read it", async () => {
    const views = [aView(), aView({ name: "second" }), aView({ name: "third", transform: "select * from input" })];
    expect(await inspect([entity, source, ...views], () => unreadable)).toEqual(['2 error: data source "driver_stats": no Parquet file Check the path.']);
  });

  test("is told even where no view reads it", async () => {
    expect(await inspect([source], () => unreadable)).toHaveLength(1);
  });

  test.each<[string, string, LarderError, string]>([
    ["a glob that matches nothing yet", "/data/*.parquet", new LarderError("not_found", "no match"), "warning"],
    ["an empty folder", "/data/folder", new LarderError("not_found", "no match", { details: { emptyGlob: true } }), "warning"],
    ["a variable that is not set here", "$" + "{DATA}/x.parquet", new LarderError("failed_precondition", "DATA is not set"), "warning"],
    ["a file that is not there", "/data/x.parquet", new LarderError("not_found", "no file"), "error"],
  ])("%s", async (_what, path, failure, severity) => {
    expect(await inspect([entity, aFileSource({ path }), aView()], () => failure)).toEqual([`2 ${severity}: data source "driver_stats": ${failure.message}`]);
  });

  test("for a reason of Larder's own is no problem of the repo", async () => {
    await expect(inspect(exampleDefinitions, () => new LarderError("internal", "bug"))).rejects.toThrow("bug");
  });
});

test("each source and transform is opened once", async () => {
  const views = [aView(), aView({ name: "second" }), aView({ name: "third", transform: "select 1" }), aView({ name: "fourth", transform: "select 1" })];
  const inspector = inspectorOf(() => columns(GOOD));
  await inspectSources(inspector, located([entity, source, ...views, aPushSource(), aView({ name: "pushed", source: "driver_push" })]));
  expect(inspector.opened).toEqual(["/data/driver_stats.parquet", "/data/driver_stats.parquet select 1"]);
});
