import { describe, expect, test } from "vitest";
import { isLarderError } from "../kit/index.ts";
import { aFileSource, anEntity, aService, aSnapshot, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { type FeatureRequest, resolveFeatures } from "./resolve-features.ts";

const stats = aView();
const stream = aView({ name: "driver_stream", features: someFeatures({ conv_rate: "float64" }) });
const roles = aService({}, { name: "two_roles", projections: [role("pickup"), role("dropoff")] });
const snapshot = aSnapshot([anEntity(), aFileSource(), stats, stream, roles, aService({ driver_stats: ["acc_rate"], driver_stream: null })]);

function role(alias: string) {
  return { view: "driver_stats", features: ["conv_rate"], alias, joinKeyMap: { driver_id: `${alias}_driver` } };
}

function ask(request: Partial<FeatureRequest>) {
  return { fullFeatureNames: false, ...request };
}

function outputs(request: Partial<FeatureRequest>, pick: "newest" | "ready" = "newest", of = snapshot) {
  return resolveFeatures(of, ask(request), pick).columns.map(({ output }) => output);
}

function refusal(request: Partial<FeatureRequest>, pick: "newest" | "ready" = "ready") {
  try {
    resolveFeatures(snapshot, ask(request), pick);
  } catch (error) {
    if (isLarderError(error)) return `${error.code}: ${error.message} ${error.hint ?? ""}`.trim();
    throw error;
  }
  return "nothing";
}

describe("names", () => {
  test.each<[string, Partial<FeatureRequest>, readonly string[]]>([
    ["stand in the order asked", { features: ["driver_stats:acc_rate", "driver_stats:conv_rate"] }, ["acc_rate", "conv_rate"]],
    ["are full on demand", { features: ["driver_stats:acc_rate"], fullFeatureNames: true }, ["driver_stats__acc_rate"]],
    ["of a service stand in its order", { service: "driver_activity" }, ["acc_rate", "conv_rate"]],
    ["of a service take the alias", { service: "two_roles", fullFeatureNames: true }, ["pickup__conv_rate", "dropoff__conv_rate"]],
  ])("%s", (_rule, request, expected) => {
    expect(outputs(request)).toEqual(expected);
  });

  test("a feature asked for twice is one column of a file, and two of an answer", () => {
    const features = ["driver_stats:acc_rate", "driver_stats:acc_rate"];
    expect(outputs({ features }, "newest")).toEqual(["acc_rate"]);
    expect(outputs({ features }, "ready")).toEqual(["acc_rate", "acc_rate"]);
  });

  test("join keys under other names come along", () => {
    const [first] = resolveFeatures(snapshot, ask({ service: "two_roles", fullFeatureNames: true }), "ready").columns;
    expect(first).toMatchObject({ viewName: "driver_stats", feature: "conv_rate", joinKeyMap: { driver_id: "pickup_driver" } });
  });
});

describe("refused", () => {
  test.each<[Partial<FeatureRequest>, RegExp]>([
    [{ features: ["driver_stat:acc_rate"] }, /^not_found: .*"driver_stat".* Did you mean driver_stats/],
    [{ features: ["driver_stats:acc_rat"] }, /^not_found: .*"driver_stats" has no feature "acc_rat".* Did you mean acc_rate/],
    [{ features: ["driver_stats:wholly_other"] }, /It has conv_rate, acc_rate, avg_daily_trips|It has acc_rate/],
    [{ service: "driver_activities" }, /^not_found: .* Did you mean driver_activity/],
    [
      { features: ["driver_stats:conv_rate", "driver_stream:conv_rate"] },
      /^invalid_argument: .*driver_stats:conv_rate and driver_stream:conv_rate.*full_feature_names/,
    ],
    [{ service: "two_roles" }, /^invalid_argument: .*in two roles/],
    [{ features: ["acc_rate"] }, /^invalid_argument: "acc_rate" is not a feature reference/],
    [{ features: [] }, /^invalid_argument: No features/],
    [{}, /^invalid_argument: .*one of them/],
    [{ features: ["driver_stats:acc_rate"], service: "driver_activity" }, /^invalid_argument: .*not both/],
  ])("%j", (request, expected) => {
    expect(refusal(request)).toMatch(expected);
  });
});

describe("while a new version is not ready", () => {
  const renamed = aView({ features: someFeatures({ conv_rate: "float32", trips: "int32" }) });
  const newest = aViewVersion(renamed, { versionNumber: 2 });
  const ready = aViewVersion(stats);
  const between = aSnapshot([anEntity(), aFileSource(), renamed, aService({ driver_stats: null })], { driver_stats: { newest, ready } });
  const versionOf = (feature: string, pick: "newest" | "ready") =>
    resolveFeatures(between, ask({ features: [`driver_stats:${feature}`] }), pick).columns.map(({ view }) => view?.versionNumber ?? null);

  test.each([
    ["conv_rate", [1]],
    ["acc_rate", [1]], // dropped by the new version, served until it is ready
    ["trips", [null]], // known, nothing to read yet
  ])("serving reads %s from %j", (feature, expected) => {
    expect(versionOf(feature, "ready")).toEqual(expected);
  });

  test("history is of the newest", () => {
    expect(versionOf("trips", "newest")).toEqual([2]);
    expect(() => versionOf("acc_rate", "newest")).toThrow(/no feature "acc_rate"/);
  });

  test("a whole view serves what either version has, and joins what the newest has", () => {
    expect(outputs({ service: "driver_activity" }, "ready", between)).toEqual(["conv_rate", "trips", "acc_rate", "avg_daily_trips"]);
    expect(outputs({ service: "driver_activity" }, "newest", between)).toEqual(["conv_rate", "trips"]);
  });

  test("before the first materialize everything is known and nothing readable", () => {
    const fresh = aSnapshot([anEntity(), aFileSource(), stats], { driver_stats: { ready: null } });
    expect(resolveFeatures(fresh, ask({ features: ["driver_stats:acc_rate"] }), "ready").columns[0]).toMatchObject({ view: null, viewName: "driver_stats" });
  });
});
