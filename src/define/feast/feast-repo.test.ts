import { describe, expect, it } from "vitest";
import type { Definition } from "../../domain/index.ts";
import { aFileSource, aKafkaSource, anEntity, aPostgresSource, aPushSource, aService, aView, someFeatures } from "../../testing/builders.ts";
import { feastRepo } from "./feast-repo.ts";

const VARIABLE = "$" + "{DATA}";

function exported(definitions: readonly Definition[]) {
  const { files, notes } = feastRepo({ project: "rides", definitions, servingUrl: "http://localhost:6566/p/rides" });
  const warnings = notes.filter(({ severity }) => severity === "warning").map(({ name, text }) => `${name}: ${text}`);
  return { code: files.get("definitions.py") ?? "", yaml: files.get("feature_store.yaml") ?? "", warnings };
}

describe("definitions for Feast", () => {
  it("point at the serving process, whatever the order they came in", () => {
    const definitions = [anEntity(), aFileSource(), aView({ tags: { b: "2", a: "1" } }), aService({ driver_stats: ["conv_rate"] })];
    const { code, yaml, warnings } = exported(definitions);
    expect(yaml).toContain('type: remote\n  path: "http://localhost:6566/p/rides"');
    expect(exported([...definitions].reverse()).code).toBe(code);
    expect(code).toContain('tags={"a": "1", "b": "2"}');
    expect(code).toContain('driver_activity_service = FeatureService(name="driver_activity", features=[driver_stats_view[["conv_rate"]]])');
    expect(warnings).toEqual([]);
  });

  it("keep a variable in a path, and streams with their batch source before them", () => {
    const history = aFileSource({ name: "history", path: `${VARIABLE}/h.parquet` });
    const { code } = exported([aKafkaSource({ batchSource: history }), aPushSource({ batchSource: history })]);
    expect(code).toContain(`path=os.path.expandvars("${VARIABLE}/h.parquet")`);
    expect(code.indexOf("history_source =")).toBeLessThan(code.indexOf("KafkaSource("));
    expect(code.match(/history_source = /g)).toHaveLength(1);
    expect(code).toContain('schema_json="driver_id integer, conv_rate double, datetime timestamp, created timestamp"');
  });

  it("say what is left out and what works differently, as comments and in the notes", () => {
    const { code, warnings } = exported([
      anEntity(),
      aPostgresSource(),
      aPushSource({ batchSource: null }),
      aFileSource({ name: "trips", format: "csv" }),
      aView({ name: "weather", source: "zone_weather" }),
      aView({ name: "Weather", source: "trips" }),
      aView({ name: "percent", source: "trips", transform: "select 1" }),
    ]);
    expect(warnings.map((text) => text.split(":", 2).join(":"))).toEqual([
      "trips: Feast's file store reads Parquet, not csv",
      "zone_weather: left out",
      "driver_push: left out",
      "percent: its SQL transform runs in Larder, so it has no source here",
      "weather: left out",
    ]);
    for (const warning of warnings) expect(code).toContain(`# ${warning}`);
    expect(code).not.toContain("zone_weather_source");
  });

  it("say in a comment what is expected of values, which Feast has no place for", () => {
    const expecting = someFeatures({ rate: "float32" }).map((feature) => ({ ...feature, expect: { min: 0, onFailure: "warn" as const } }));
    const { code, warnings } = exported([anEntity(), aFileSource(), aView({ features: expecting })]);
    expect(code).toContain("# driver_stats: known to Larder only: what is expected of rate.");
    expect(warnings).toEqual([]);
  });

  it("rename a column for a source, unless that would take it from another view", () => {
    const renamed = aView({ name: "renamed", features: someFeatures({ trips: "int32" }).map((feature) => ({ ...feature, column: "avg_daily_trips" })) });
    expect(exported([anEntity(), aFileSource(), renamed]).code).toContain('field_mapping={"avg_daily_trips": "trips"}');
    const { code, warnings } = exported([anEntity(), aFileSource(), renamed, aView()]);
    expect(code).not.toContain("field_mapping");
    expect(warnings).toEqual([expect.stringContaining("renamed: trips is read from the column avg_daily_trips")]);
  });
});
