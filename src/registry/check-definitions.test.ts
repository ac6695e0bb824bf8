import { describe, expect, test } from "vitest";
import type { Definition, Problem } from "../domain/index.ts";
import {
  aFileSource,
  aKafkaSource,
  anEntity,
  aPostgresSource,
  aPushSource,
  aService,
  aView,
  exampleDefinitions,
  located,
  someFeatures,
} from "../testing/builders.ts";
import { checkDefinitions } from "./check-definitions.ts";

function check(definitions: readonly Definition[], loaded: readonly Problem[] = []) {
  return checkDefinitions({ own: located(definitions), foreign: [], loaded }).map(({ severity, line, message }) => `${line} ${severity}: ${message}`);
}

const [entity, source, view] = [anEntity(), aFileSource(), aView()];
const zone = anEntity({
  name: "zone",
  joinKeys: [
    { name: "city", type: "string" },
    { name: "cell", type: "int32" },
  ],
});

test("the example has no problems", () => {
  expect(check([...exampleDefinitions, aService({ driver_stats: null })])).toEqual([]);
});

describe("errors", () => {
  const service = (over: object) => aService({}, { projections: [{ view: "driver_stats", features: null, alias: null, joinKeyMap: {}, ...over }] });
  test.each<[string, readonly Definition[], readonly RegExp[]]>([
    ["a name that is none", [anEntity({ name: "a__b" })], [/^1 error: entity "a__b": the name is not allowed/]],
    ["an entity without join keys", [anEntity({ joinKeys: [] })], [/no join keys/]],
    ["two of one name", [entity, source, view, aView({ ttlSeconds: 5 })], [/^4 error: .*driver_stats" is defined twice; first in features.ts:3/]],
    ["an unknown entity", [entity, source, aView({ entities: ["drivr"] })], [/^3 error: .*no entity "drivr". Did you mean driver\?/]],
    ["an unknown source", [entity, source, aView({ source: "driver_stat" })], [/no data source "driver_stat". Did you mean driver_stats\?/]],
    ["a view without source", [entity, aView({ source: "" })], [/has no source/]],
    ["a view without features", [entity, source, aView({ features: [] })], [/has no features/]],
    ["one entity twice", [entity, source, aView({ entities: ["driver", "driver"] })], [/the entity "driver" twice/]],
    [
      "one join key in two entities",
      [entity, anEntity({ name: "car" }), source, aView({ entities: ["driver", "car"] })],
      [/both have the join key "driver_id"/],
    ],
    ["a feature called like a join key", [entity, source, aView({ features: someFeatures({ driver_id: "int64" }) })], [/the name of the join key "driver_id"/]],
    ["a feature called like a time column", [entity, source, aView({ features: someFeatures({ created: "timestamp" }) })], [/the name of the time column/]],
    [
      "features that differ in case only",
      [entity, source, aView({ features: someFeatures({ rate: "int32", Rate: "int32" }) })],
      [/"Rate" has the name of the feature "rate"/],
    ],
    [
      "an expectation that its type cannot have",
      [entity, source, aView({ features: [{ name: "a", type: "string", column: "a", description: "", tags: {}, expect: { min: 1, onFailure: "warn" } }] })],
      [/^3 error: .*the feature "a" expects min: only numbers have a min/],
    ],
    ["a ttl of half a second", [entity, source, aView({ ttlSeconds: 0.5 })], [/ttl: 0.5/]],
    ["a freshness of no time", [entity, source, aView({ freshnessSeconds: 0 })], [/freshness: 0 leaves no time/]],
    ["a schedule that nobody can follow", [entity, source, aView({ schedule: "every hour" })], [/schedule: "every hour" is not a schedule/]],
    ["an empty transform", [entity, source, aView({ transform: "  " })], [/transform is empty/]],
    ["no event time", [entity, aFileSource({ timestampField: "" }), view], [/^2 error: .*event time: set timestampField/]],
    ["created time that is event time", [entity, aFileSource({ createdTimestampColumn: "datetime" }), view], [/the same column "datetime"/]],
    ["a batch source that is another than its name says", [source, aPushSource({ batchSource: aFileSource({ path: "/other" }) })], [/another one than/]],
    [
      "a service of an unknown view",
      [...exampleDefinitions, aService({ driver_stat: null })],
      [/^4 error: .*no feature view "driver_stat". Did you mean driver_stats/],
    ],
    ["a service of an unknown feature", [...exampleDefinitions, aService({ driver_stats: ["acc_rat"] })], [/no feature "acc_rat". Did you mean acc_rate\?/]],
    ["a service of nothing", [...exampleDefinitions, aService({})], [/reads no features/]],
    [
      "one view twice without alias",
      [
        ...exampleDefinitions,
        aService({}, { projections: [...aService({ driver_stats: null }).projections, ...aService({ driver_stats: ["acc_rate"] }).projections] }),
      ],
      [/two of its features are called driver_stats__acc_rate/],
    ],
    ["a role of no join key", [...exampleDefinitions, service({ joinKeyMap: { rider_id: "x" } })], [/no join key "rider_id". Did you mean driver_id/]],
    [
      "two join keys of one name",
      [zone, source, aView({ entities: ["zone"] }), service({ joinKeyMap: { city: "cell" } })],
      [/two join keys of "driver_stats" are called "cell"/],
    ],
  ])("%s", (_what, definitions, expected) => {
    const problems = check(definitions).filter((problem) => problem.includes(" error: "));
    expect(problems).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(problems[index]).toMatch(pattern);
  });

  test("all of them are told at once", () => {
    expect(check([aView({ entities: ["a"], source: "b", features: [], ttlSeconds: -1 }), aService({ c: null })])).toHaveLength(5);
  });
});

describe("what this release does not build yet is accepted with a warning", () => {
  test.each<[string, Definition, RegExp]>([
    ["stream jobs", aKafkaSource(), /^2 warning: .*stream jobs are not built yet/],
    ["pushes to the offline store", aPushSource(), /^2 warning: .*keeping them offline is not built yet/],
    ["PostgreSQL", aPostgresSource(), /^2 warning: .*PostgreSQL is not built yet/],
  ])("%s", (_what, definition, expected) => {
    const problems = check([source, definition]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  test("a stream without history is told too", () => {
    expect(check([aPushSource({ batchSource: null })]).join("\n")).toMatch(/there is no history/);
  });

  test("short names that meet are a warning: they can be asked by their full names", () => {
    const other = aView({ name: "other" });
    expect(check([...exampleDefinitions, other, aService({ driver_stats: ["acc_rate"], other: ["acc_rate"] })])).toEqual([
      '5 warning: feature service "driver_activity": several of its views have acc_rate: ask it with full feature names',
    ]);
  });
});

describe("beside the loader's own problems", () => {
  const loaded: readonly Problem[] = [{ severity: "error", file: "features.ts", line: 1, message: "told" }];

  test("a definition that it complained of is not complained of twice", () => {
    expect(check([aView({ ttlSeconds: -1 })], loaded)).toEqual([]);
    expect(check([entity, source, aView({ ttlSeconds: -1 })], loaded)).toHaveLength(1);
  });

  test("what did not load is not called missing", () => {
    expect(check([entity, aView(), aService({ gone: null })], loaded)).toEqual([]);
  });
});

test("what others manage and would break is told", () => {
  const foreign = located([aService({ driver_stats: ["conv_rate"] })]).map((one) => ({
    ...one,
    managedBy: "console",
    createdAt: new Date(0),
    updatedAt: new Date(0),
  }));
  const problems = checkDefinitions({ own: located([entity, source]), foreign, loaded: [] });
  expect(problems).toEqual([
    {
      severity: "error",
      file: null,
      line: null,
      message: expect.stringMatching(/"driver_activity", managed by console, would break: there is no feature view "driver_stats"/),
    },
  ]);
});
