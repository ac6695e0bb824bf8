import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadRepo } from "../src/define/index.ts";
import { generateHistory } from "./.feed/feed.ts";

type Loaded = Awaited<ReturnType<typeof loadRepo>>;

let directory: string;
let repo: Loaded;
let instance: DuckDBInstance;
let connection: DuckDBConnection;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "larder-example-"));
  await generateHistory({ directory, now: new Date("2026-05-12T12:10:00Z"), drivers: 150, days: 7 });
  repo = await loadRepo(import.meta.dirname);
  instance = await DuckDBInstance.create();
  connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
}, 60_000);
afterAll(async () => {
  connection.closeSync();
  instance.closeSync();
  await rm(directory, { recursive: true, force: true });
});

function all<K extends string>(kind: K) {
  return repo.definitions
    .map(({ definition }) => definition)
    .filter((definition): definition is Extract<typeof definition, { kind: K }> => definition.kind === kind);
}

/** The rows behind a view, transformed. */
function rowsOf(view: ReturnType<typeof all<"feature_view">>[number]): { readonly sql: string; readonly times: readonly string[] } {
  const source = all("data_source").find(({ name }) => name === view.source);
  const batch = source?.type === "kafka" || source?.type === "push" ? source.batchSource : source;
  if (batch?.type !== "file") throw new Error(`${view.name} has no files`);
  const reader = { parquet: "read_parquet", csv: "read_csv", jsonl: "read_json" }[batch.format];
  const input = `SELECT * FROM ${reader}('${batch.path.replace("${LARDER_DEMO_DATA}", directory)}')`;
  const times = [batch.timestampField, ...(batch.createdTimestampColumn === null ? [] : [batch.createdTimestampColumn])];
  return { sql: view.transform === null ? input : `WITH input AS (${input}) ${view.transform}`, times };
}

const DUCKDB_TYPES: Readonly<Record<string, string>> = {
  bytes: "BLOB",
  string: "VARCHAR",
  int32: "INTEGER",
  int64: "BIGINT",
  float32: "FLOAT",
  float64: "DOUBLE",
  bool: "BOOLEAN",
  unix_timestamp: "BIGINT",
  timestamp: "TIMESTAMP",
};

function duckdbType(type: string): string {
  return type.endsWith("[]") ? `${DUCKDB_TYPES[type.slice(0, -2)]}[]` : (DUCKDB_TYPES[type] ?? "");
}

describe("the example", () => {
  it("loads without a problem and feels like a company's", () => {
    expect(repo.project).toBe("ride_hailing");
    expect(repo.problems).toEqual([]);
    const views = all("feature_view");
    const features = views.flatMap((view) => view.features);
    expect({ entities: all("entity").length, sources: all("data_source").length, views: views.length, services: all("feature_service").length }).toEqual({
      entities: 5,
      sources: 10,
      views: 13,
      services: 5,
    });
    expect(features.length).toBeGreaterThanOrEqual(60);
    expect(new Set(features.map(({ type }) => type))).toEqual(
      new Set(["float32", "float64", "int32", "int64", "bool", "string", "bytes", "timestamp", "unix_timestamp", "string[]", "int32[]", "float32[]"]),
    );
    expect(new Set(views.map(({ team }) => team))).toEqual(new Set(["fleet", "growth", "marketplace"]));
    expect(views.every((view) => view.description !== "" && view.owner !== null && view.online)).toBe(true);
  });

  it("has the data that every view names, and nearly all of it in the declared types", async () => {
    const keysOf = (name: string) => all("entity").find((entity) => entity.name === name)?.joinKeys ?? [];
    for (const view of all("feature_view")) {
      const { sql, times } = rowsOf(view);
      const columns = [
        ...view.entities.flatMap(keysOf).map((key) => ({ column: key.name, type: key.type })),
        ...times.map((column) => ({ column, type: "timestamp" })),
        ...view.features,
      ];
      const misfits = columns.map(
        ({ column, type }) => `avg((${column} IS NOT NULL AND TRY_CAST(${column} AS ${duckdbType(type)}) IS NULL)::INTEGER) AS ${column}`,
      );
      const [row] = (await connection.runAndReadAll(`SELECT count(*)::INTEGER AS row_count, ${misfits.join(", ")} FROM (${sql})`)).getRowObjectsJson();
      const { row_count: rows, ...shares } = row ?? {};
      expect(Number(rows), view.name).toBeGreaterThan(30);
      for (const [column, share] of Object.entries(shares)) expect(Number(share), `${view.name}.${column}`).toBeLessThan(0.002);
    }
  });

  it("has data that are as it expects", async () => {
    const expected = all("feature_view").flatMap((view) => view.features.map((feature) => ({ view, ...feature })));
    const withBounds = expected.filter(({ expect: it }) => it !== undefined);
    expect(withBounds.length).toBeGreaterThan(8);
    for (const { view, name, column, expect: it } of withBounds) {
      const wrong = [
        ...(it?.min === undefined ? [] : [`TRY_CAST(${column} AS DOUBLE) < ${it.min}`]),
        ...(it?.max === undefined ? [] : [`TRY_CAST(${column} AS DOUBLE) > ${it.max}`]),
        ...(it?.allowed === undefined ? [] : [`${column} NOT IN (${it.allowed.map((value) => `'${value}'`).join(", ")})`]),
        ...(it?.nullRateMax === 0 ? [`${column} IS NULL`] : []),
      ];
      const [row] = (
        await connection.runAndReadAll(`SELECT count(*)::INTEGER AS n FROM (${rowsOf(view).sql}) WHERE ${wrong.join(" OR ")}`)
      ).getRowObjectsJson();
      expect(row?.n, `${view.name}.${name}`).toBe(0);
    }
  });
});
