import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { appendNewHours, generateHistory } from "./feed.ts";
import { missingFiles, nextDue } from "./schedule.ts";
import { driverStats } from "./sources/driver-stats.ts";
import { SOURCES } from "./sources/index.ts";

const NOON = new Date("2026-05-12T12:10:00Z");
const small = { drivers: 120, days: 9 };

let root: string;
let history: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "larder-feed-"));
  history = join(root, "history");
  await generateHistory({ directory: history, now: NOON, ...small });
}, 60_000);
afterAll(() => rm(root, { recursive: true, force: true }));

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run("SET TimeZone = 'UTC'");
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  return rows;
}

function rowsOf(directory: string, { name, ending }: { readonly name: string; readonly ending: string }): string {
  const reader = { parquet: "read_parquet", csv: "read_csv", jsonl: "read_json" }[ending] ?? "";
  return `${reader}('${join(directory, name)}/*.${ending}')`;
}

async function filesIn(directory: string): Promise<Record<string, string[]>> {
  const lists = await Promise.all(SOURCES.map(async ({ name }) => [name, (await readdir(join(directory, name))).sort()] as const));
  return Object.fromEntries(lists);
}

describe("the history", () => {
  it("has a file for each day that is over and for each bucket of today, and the stopped feed none of the last three days", async () => {
    const files = await filesIn(history);
    expect(files.driver_stats?.slice(0, 9)).toEqual(["03", "04", "05", "06", "07", "08", "09", "10", "11"].map((day) => `2026-05-${day}.parquet`));
    expect(files.driver_stats?.slice(9)).toEqual(Array.from({ length: 13 }, (_, hour) => `2026-05-12T${String(hour).padStart(2, "0")}.parquet`));
    expect(files.rider_profile).toEqual(["2026-05-04.parquet", "2026-05-11.parquet"]);
    expect(files.zone_weather?.at(-1)).toBe("2026-05-12T12.csv");
    expect(files.vehicle_telemetry?.at(-1)).toBe("2026-05-09.parquet");
    const [{ newest }] = (await query(
      `SELECT max(event_timestamp)::VARCHAR AS newest FROM ${rowsOf(history, { name: "vehicle_telemetry", ending: "parquet" })}`,
    )) as [{ newest: string }];
    expect(newest).toBe("2026-05-09 08:00:00+00");
  });

  it("has what real feeds have: nulls, rows twice, late rows and corrections, nothing of the future", async () => {
    const [found] = await query(`
      SELECT count(*)::INTEGER AS rows, count(DISTINCT (driver_id, datetime))::INTEGER AS keys,
        round(1 - count(conv_rate) / count(*), 3) AS nulls,
        count(*) FILTER (created - datetime::TIMESTAMP BETWEEN INTERVAL 2 HOURS AND INTERVAL 12 HOURS)::INTEGER > 50 AS late,
        count(*) FILTER (created - datetime::TIMESTAMP > INTERVAL 12 HOURS)::INTEGER > 50 AS corrected,
        max(created) <= TIMESTAMP '2026-05-12 12:05:00' AS known
      FROM ${rowsOf(history, driverStats)}`);
    const full = 120 * (9 * 24 + 13);
    expect(found).toMatchObject({ late: true, corrected: true, known: true });
    expect(found?.keys).toBeGreaterThan(full * 0.99);
    expect(found?.keys).toBeLessThanOrEqual(full);
    expect(found?.rows).toBeGreaterThan(full * 1.003);
    expect(Number(found?.nulls)).toBeCloseTo(0.01, 2);
    const [twice] = await query(
      `SELECT count(*) > 20 AS some FROM (SELECT 1 FROM ${rowsOf(history, driverStats)} GROUP BY driver_id, datetime, created HAVING count(*) = 2)`,
    );
    expect(twice).toEqual({ some: true });
  });

  it("has one rate that drifts and one that does not", async () => {
    const days = await query(
      `SELECT avg(conv_rate) AS conv, avg(acc_rate) AS acc FROM ${rowsOf(history, driverStats)} GROUP BY datetime::DATE ORDER BY datetime::DATE`,
    );
    const spread = (key: string) => Math.max(...days.map((day) => Number(day[key]))) - Math.min(...days.map((day) => Number(day[key])));
    expect(spread("acc")).toBeGreaterThan(0.05);
    expect(spread("conv")).toBeLessThan(0.02);
  });

  it("has amounts that no int32 holds, rarely", async () => {
    const [{ share }] = (await query(
      `SELECT avg((spend_cents_30d > 2147483647)::INTEGER) AS share FROM ${rowsOf(history, { name: "rider_activity", ending: "parquet" })}`,
    )) as [{ share: number }];
    expect(share).toBeGreaterThan(0);
    expect(share).toBeLessThan(0.002);
  });
});

describe("hour after hour", () => {
  it("says the same of an hour whenever it is written, and a day's file is its hours' rows", async () => {
    const stepwise = join(root, "stepwise");
    await generateHistory({ directory: stepwise, now: new Date("2026-05-11T22:30:00Z"), drivers: 120, days: 8 });
    for (const hour of ["2026-05-11T23:07:00Z", "2026-05-12T00:06:00Z", "2026-05-12T12:10:00Z"])
      await appendNewHours({ directory: stepwise, now: new Date(hour) });
    const expected = await filesIn(history);
    const found = await filesIn(stepwise);
    for (const source of SOURCES.filter(({ stops }) => !stops)) {
      expect(found[source.name]).toEqual(expected[source.name]);
      const [{ different }] = (await query(`
        SELECT count(*)::INTEGER AS different FROM (
          (SELECT * FROM ${rowsOf(stepwise, source)} EXCEPT ALL SELECT * FROM ${rowsOf(history, source)})
          UNION ALL (SELECT * FROM ${rowsOf(history, source)} EXCEPT ALL SELECT * FROM ${rowsOf(stepwise, source)}))`)) as [{ different: number }];
      expect(different, source.name).toBe(0);
    }
  }, 60_000);

  it("writes nothing twice, fills gaps, and clears away what a killed run left", async () => {
    const before = await filesIn(history);
    expect(await appendNewHours({ directory: history, now: NOON })).toEqual([]);
    await rm(join(history, "zone_demand/2026-05-06.parquet"));
    await rm(join(history, "driver_stats/2026-05-12T03.parquet"));
    await writeFile(join(history, "driver_stats/2026-05-12T04.parquet.999999999.partial"), "half a fi");
    await writeFile(join(history, "driver_stats/2026-05-10T04.parquet"), await readFile(join(history, "driver_stats/2026-05-12T04.parquet")));
    expect(await appendNewHours({ directory: history, now: NOON })).toEqual(["zone_demand/2026-05-06.parquet", "driver_stats/2026-05-12T03.parquet"]);
    expect(await filesIn(history)).toEqual(before);
  });

  it("keeps to what was decided at the beginning", async () => {
    expect(await generateHistory({ directory: history, now: NOON, drivers: 7, days: 1 })).toEqual([]);
    await expect(appendNewHours({ directory: join(root, "nowhere"), now: NOON })).rejects.toThrow(/generate it first/);
  });

  it("knows when the next hour is due", () => {
    expect(nextDue(new Date("2026-05-12T12:04:59Z")).toISOString()).toBe("2026-05-12T12:05:00.000Z");
    expect(nextDue(new Date("2026-05-12T12:05:00Z")).toISOString()).toBe("2026-05-12T13:05:00.000Z");
    const state = { firstHour: 493_000, untilHour: Number.POSITIVE_INFINITY, present: new Set<string>() };
    const newest = (time: string) => missingFiles(driverStats, { ...state, now: new Date(time) })[0]?.name;
    expect(newest("2026-05-12T12:04:59Z")).toBe("2026-05-12T11.parquet");
    expect(newest("2026-05-12T12:05:00Z")).toBe("2026-05-12T12.parquet");
    expect(newest("2026-05-12T00:01:00Z")).toBe("2026-05-11.parquet");
  });
});
