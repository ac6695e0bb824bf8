import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Expectations, FeatureView, ValueType } from "../domain/index.ts";
import { expectedFeatures } from "../domain/index.ts";
import { formatTimestamp, parseTimestamp } from "../kit/index.ts";
import { aFileSource, anEntity, aView, aViewVersion } from "../testing/builders.ts";
import { writeParquet } from "../testing/offline-files.ts";
import { type OpenOfflineStore, openInFolder } from "./offline-store.contract.ts";
import type { OfflineStore } from "./port.ts";

const at = (text: string) => parseTimestamp(text);

/** What the rows of a view are like, day by day. */
export function figuresByDayContract(name: string, open: OpenOfflineStore): void {
  describe(`${name} tells what rows are like day by day`, () => {
    let store: OfflineStore;
    let folder: string;
    let dispose: () => Promise<void>;
    let files = 0;

    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open));
    });
    afterAll(() => dispose());

    const feature = (of: string, type: ValueType, expect?: Expectations) => {
      const field = { name: of, type, column: of, description: "", tags: {} };
      return expect === undefined ? field : { ...field, expect };
    };
    const ask = async (select: string, over: Partial<FeatureView>, range = { start: at("2024-01-01"), end: at("2024-02-01") }, joinKeys = 1) => {
      const path = join(folder, `days-${files++}.parquet`);
      await writeParquet(path, select);
      const view = aView({ entities: joinKeys === 0 ? [] : ["driver"], ...over });
      const entities = joinKeys === 0 ? { entities: [anEntity({ joinKeys: [] })] } : {};
      const version = aViewVersion(view, { dataSource: aFileSource({ path }), ...entities });
      return store.figuresByDay({ view: version, expected: expectedFeatures(view.features), ...range });
    };
    const rowsSql = (values: string) => `SELECT * FROM (VALUES ${values}) t(driver_id, datetime, created, rate, band)`;
    const features = [
      feature("rate", "float32", { min: 0, max: 1, nullRateMax: 0, unique: true, onFailure: "block" }),
      feature("band", "string", { allowed: ["low", "high"], onFailure: "warn" }),
    ];

    test("counts rows, nulls, values that break what is expected, and lists categories", async () => {
      const days = await ask(
        rowsSql(`(1::BIGINT, TIMESTAMP '2024-01-01 00:00:00', NULL::TIMESTAMP, 0.5::FLOAT, 'low'), (2, '2024-01-01 23:59:59.999999', NULL, 'NaN', 'odd'),
          (3, '2024-01-02 00:00:00', NULL, 1.5, NULL), (4, '2024-01-02 12:00:00', NULL, NULL, 'high'), (1, '2023-12-31 23:59:59.999999', NULL, 7, 'before'),
          (1, '2024-02-01 00:00:00', NULL, 7, 'after')`),
        { features },
      );
      expect(days.map(({ day, rows, duplicates }) => [formatTimestamp(day), rows, duplicates])).toEqual([
        ["2024-01-01T00:00:00Z", 2, 0],
        ["2024-01-02T00:00:00Z", 2, 0],
      ]);
      const found = days.map((day) => Object.fromEntries(day.features.map(({ feature: of, ...rest }) => [of, rest])));
      expect(found[0]).toMatchObject({ rate: { nulls: 1, categories: null }, band: { nulls: 0, categories: ["low", "odd"] } });
      expect(found[1]).toMatchObject({ rate: { nulls: 1 }, band: { nulls: 1, categories: ["high"] } });
      const broken = days.map((day) => day.features.flatMap((one) => one.broken).filter(({ rows }) => rows > 0));
      expect(broken[0]).toEqual([{ feature: "band", expectation: "allowed", rows: 1, example: { key: "driver_id 2", value: "odd" } }]);
      expect(broken[1]).toEqual([{ feature: "rate", expectation: "max", rows: 1, example: { key: "driver_id 3", value: "1.5" } }]);
    });

    test("counts a row as a duplicate by its key and times; a correction created later is none", async () => {
      const day = "'2024-01-05 10:00:00'";
      const days = await ask(
        rowsSql(`(1::BIGINT, TIMESTAMP ${day}, TIMESTAMP ${day}, 1.0::FLOAT, 'a'), (1, ${day}, ${day}, 2.0, 'b'), (1, ${day}, ${day}, 1.0, 'a'),
          (1, ${day}, '2024-01-05 11:00:00', 1.0, 'a'), (2, ${day}, NULL, 1.0, 'a'), (2, ${day}, NULL, 1.0, 'a'), (2, '2024-01-05 10:00:01', NULL, 1.0, 'a')`),
        { features },
      );
      expect(days).toMatchObject([{ rows: 7, duplicates: 3 }]);
    });

    test("leaves out rows that a run would reject, and asks a transform", async () => {
      const rows = rowsSql(
        `(1::BIGINT, TIMESTAMP '2024-01-05', NULL::TIMESTAMP, 'x', 'a'), (NULL, '2024-01-05', NULL, '1', 'a'), (2, '2024-01-05', NULL, '0.25', 'a')`,
      );
      expect(await ask(rows, { features })).toMatchObject([{ rows: 1 }]);
      const transform = "select driver_id, datetime, created, try_cast(rate as float) * 4 as rate, upper(band) as band from input";
      expect(await ask(rows, { features, transform })).toMatchObject([{ rows: 2, features: [{ categories: ["A"] }, { nulls: 1 }] }]);
    });

    test("takes many values for no categories, and days before 1970", async () => {
      const many = await ask(
        `SELECT i::BIGINT AS driver_id, TIMESTAMP '2024-01-05' AS datetime, NULL::TIMESTAMP AS created, 'v' || i AS v, i < 3 AS b FROM range(201) t(i)`,
        {
          features: [feature("v", "string"), feature("b", "bool")],
        },
      );
      expect(many).toMatchObject([{ rows: 201, features: [{ categories: ["false", "true"] }, { categories: null }] }]);
      const old = { start: at("1969-01-01"), end: at("1970-01-01") };
      const days = await ask(
        "SELECT 1 AS one, TIMESTAMP '1969-07-20 20:17:40' AS datetime, NULL::TIMESTAMP AS created, 5 AS v",
        { features: [feature("v", "int32")] },
        old,
        0,
      );
      expect(days.map(({ day }) => formatTimestamp(day))).toEqual(["1969-07-20T00:00:00Z"]);
    });

    test("has no days where there are no rows", async () => {
      expect(await ask(rowsSql("(1::BIGINT, TIMESTAMP '2020-01-01', NULL::TIMESTAMP, 1::FLOAT, 'a')"), { features })).toEqual([]);
    });
  });
}
