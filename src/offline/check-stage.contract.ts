import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Entity, type Expectations, expectedFeatures, findingText, type ValueType } from "../domain/index.ts";
import { parseTimestamp } from "../kit/index.ts";
import { aFileSource, anEntity, aView, aViewVersion } from "../testing/builders.ts";
import { writeParquet } from "../testing/offline-files.ts";
import { type OpenOfflineStore, openInFolder } from "./offline-store.contract.ts";
import type { OfflineStore, StageCheck } from "./port.ts";

const END = parseTimestamp("2024-02-01");
const SHARD_ROWS = 3; // several shards, which count as one

/** Features by name: type and what is expected. */
type Expecting = Readonly<Record<string, readonly [ValueType, Partial<Expectations>]>>;

/** How rows that are about to be written are held against what is expected of them. */
export function checkStageContract(name: string, open: OpenOfflineStore): void {
  describe(`${name} checks stages`, () => {
    let store: OfflineStore;
    let folder: string;
    let dispose: () => Promise<void>;
    let files = 0;

    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open));
    });
    afterAll(() => dispose());

    /** `values`: SQL rows of the features; keys are 1, 2, … */
    const check = async (
      expecting: Expecting,
      values: readonly string[],
      entity?: { readonly entity: Entity; readonly keySql: string },
    ): Promise<StageCheck> => {
      const file = join(folder, `rows-${files++}.parquet`);
      const features = Object.entries(expecting).map(([feature, [type, expect]]) => {
        const texts = { description: "", tags: {} };
        return { name: feature, type, column: feature, ...texts, expect: { onFailure: "warn" as const, ...expect } };
      });
      const names = features.map((feature) => `"${feature.name}"`).join(", ");
      await writeParquet(
        file,
        `SELECT ${entity?.keySql ?? "n AS driver_id"}, TIMESTAMP '2024-01-01' AS datetime, NULL::TIMESTAMP AS created, ${names}
         FROM (SELECT row_number() OVER ()::BIGINT AS n, * FROM (VALUES ${values.map((row) => `(${row})`).join(", ")}) t(${names}))`,
      );
      const view = aViewVersion(aView({ features }), { dataSource: aFileSource({ path: file }), ...(entity && { entities: [entity.entity] }) });
      const window = { kind: "everything", end: END } as const;
      const stage = await store.stageLatest({ view, window, directory: join(folder, `stage-${files}`), shardRows: SHARD_ROWS, eventMax: END });
      return store.checkStage({ stage, view, expected: expectedFeatures(features) });
    };
    const texts = async (...input: Parameters<typeof check>) => (await check(...input)).findings.map(findingText);

    test("finds nothing where all is as expected, both bounds included, and says how many rows it looked at", async () => {
      const expecting: Expecting = {
        rate: ["float32", { min: 0.1, max: 0.7, nullRateMax: 0.25 }],
        band: ["string", { allowed: ["low", "o'high"], unique: true }],
        big: ["int64", { min: "-9223372036854775808", max: "9223372036854775807" }],
        on: ["bool", { allowed: [true] }],
      };
      const rows = [
        "0.1, 'low', (-9223372036854775807 - 1)::BIGINT, true",
        "0.7, 'o''high', 9223372036854775807, true",
        "0.5, NULL, NULL, NULL",
        "NULL, NULL, 0, true",
      ];
      expect(await check(expecting, rows)).toEqual({ rows: 4, findings: [] });
    });

    test("counts rows beyond the bounds over all shards, with one of them", async () => {
      const values = ["0.5", "1.5", "-1.0", "1.5", "'NaN'::DOUBLE", "'Infinity'::DOUBLE", "NULL"];
      const { rows, findings } = await check({ rate: ["float64", { min: 0, max: 1, onFailure: "block" }] }, values);
      expect(rows).toBe(7);
      expect(findings).toMatchObject([
        { feature: "rate", expectation: "min", rows: 1, of: 7, limit: "0", onFailure: "block", example: { key: "driver_id 3", value: "-1.0" } },
        { feature: "rate", expectation: "max", rows: 3, limit: "1" },
      ]);
      expect(["driver_id 2", "driver_id 4", "driver_id 6"]).toContain(findings[1]?.example?.key);
    });

    test("compares int64 exactly", async () => {
      const values = ["9007199254740993::BIGINT", "9007199254740992"];
      expect(await texts({ v: ["int64", { min: "9007199254740993" }] }, values)).toEqual([
        "v: 1 of 2 rows are below 9007199254740993, such as 9007199254740992 of driver_id 2",
      ]);
      expect(await texts({ v: ["int64", { allowed: ["9007199254740993", 5] }] }, values)).toEqual([
        "v: 1 of 2 rows are none of 9007199254740993, 5, such as 9007199254740992 of driver_id 2",
      ]);
    });

    test("counts NaN as null, and nulls against their share only", async () => {
      const values = ["'NaN'::FLOAT", "NULL", "1.0", "2.0"];
      expect(await texts({ v: ["float32", { nullRateMax: 0.5, unique: true, min: 0 }] }, values)).toEqual([]);
      expect((await check({ v: ["float32", { nullRateMax: 0.4 }] }, values)).findings).toMatchObject([{ expectation: "nullRateMax", rows: 2, of: 4 }]);
    });

    test("counts values that stand in several rows, with one that does", async () => {
      expect((await check({ v: ["string", { unique: true }] }, ["'a'", "'b'", "'b'", "'b'", "NULL", "NULL"])).findings).toMatchObject([
        { expectation: "unique", rows: 2, example: { value: "b" } },
      ]);
    });

    test("takes any name and any key, lists included", async () => {
      const entity = anEntity({
        joinKeys: [
          { name: "city", type: "string" },
          { name: "since", type: "timestamp" },
        ],
      });
      const keySql = "'O''slo ' || n AS city, TIMESTAMP '2023-05-01 10:00:00' AS since";
      expect(await texts({ select: ["int32[]", { nullRateMax: 0 }], order: ["int32", { max: 1 }] }, ["NULL, 1", "[1], 2"], { entity, keySql })).toEqual([
        "select: 1 of 2 rows are null, allowed is a share of 0; one is that of city O'slo 1, since 2023-05-01T10:00:00Z",
        "order: 1 of 2 rows are above 1, such as 2 of city O'slo 2, since 2023-05-01T10:00:00Z",
      ]);
    });

    test("names the value alone where a view has no entities", async () => {
      expect(await texts({ v: ["int32", { max: 1 }] }, ["2"], { entity: anEntity({ joinKeys: [] }), keySql: "1 AS one" })).toEqual([
        "v: 1 of 1 rows are above 1, such as 2",
      ]);
    });
  });
}
