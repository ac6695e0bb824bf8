import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadRepo } from "./index.ts";

const EXAMPLE = join(import.meta.dirname, "fixtures/feature_repo");

describe("the example that fixes what a feature repo looks like", () => {
  it("loads as it stands", async () => {
    const { project, settings, definitions, problems } = await loadRepo(EXAMPLE);
    expect(problems).toEqual([]);
    expect({ project, settings }).toEqual({
      project: "feast_demo",
      settings: { onlineStore: { type: "redis", connectionString: "${REDIS_URL}" }, offlineStore: { type: "file" } },
    });
    expect(definitions.map(({ definition: { kind, name }, origin }) => `${origin?.file}:${origin?.line} ${kind} ${name}`)).toEqual([
      "data_sources.ts:3 data_source driver_stats",
      "data_sources.ts:10 data_source driver_stats_stream",
      "data_sources.ts:22 data_source zone_weather",
      "data_sources.ts:30 data_source driver_incidents_push",
      "entities.ts:3 entity driver",
      "entities.ts:11 entity zone",
      "feature_services.ts:4 feature_service driver_activity",
      "features.ts:5 feature_view driver_stats",
      "features.ts:24 feature_view driver_stats_stream",
      "features.ts:37 feature_view zone_weather",
      "features.ts:46 feature_view driver_incidents",
    ]);
  });

  it("says what it says", async () => {
    const { definitions } = await loadRepo(EXAMPLE);
    const find = (kind: string, name: string) => definitions.find(({ definition }) => definition.kind === kind && definition.name === name)?.definition;
    expect(find("feature_view", "driver_stats")).toEqual({
      kind: "feature_view",
      type: "batch",
      name: "driver_stats",
      description: "driver features",
      owner: "fleet@example.com",
      team: "fleet",
      tags: { tier: "gold" },
      entities: ["driver"],
      ttlSeconds: 36_500 * 86_400,
      features: [
        { name: "conv_rate", type: "float32", column: "conv_rate", description: "Share of offers that became trips", tags: { pii: "no" } },
        { name: "acc_rate", type: "float32", column: "acc_rate", description: "", tags: {} },
        { name: "avg_daily_trips", type: "int32", column: "avg_daily_trips", description: "", tags: {} },
      ],
      source: "driver_stats",
      transform: null,
      online: true,
      schedule: "0 * * * *",
      freshnessSeconds: 7200,
    });
    expect(find("feature_view", "driver_stats_stream")).toMatchObject({
      type: "stream",
      transform: "select driver_id, datetime, created, conv_rate * 100.0 as conv_rate, acc_rate * 100.0 as acc_rate\nfrom input",
    });
    expect(find("data_source", "driver_stats_stream")).toMatchObject({ watermarkSeconds: 300, batchSource: { type: "file", name: "driver_stats" } });
    expect(find("data_source", "driver_incidents_push")).toMatchObject({ timestampField: "event_timestamp", batchSource: { format: "jsonl" } });
    expect(find("data_source", "zone_weather")).toMatchObject({ type: "postgres", table: null, connection: "${WEATHER_DATABASE_URL}" });
    expect(find("feature_service", "driver_activity")).toMatchObject({
      projections: [
        { view: "driver_stats", features: ["avg_daily_trips"], alias: null, joinKeyMap: {} },
        { view: "driver_stats_stream", features: ["conv_rate", "acc_rate"], alias: "live", joinKeyMap: {} },
        { view: "zone_weather", features: ["temperature"], alias: "pickup", joinKeyMap: { city: "pickup_city", cell: "pickup_cell" } },
      ],
    });
  });
});
