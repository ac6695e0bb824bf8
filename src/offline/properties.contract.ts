import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AsOfRule, asOf, compareRowTimes, type RowTimes, type ViewVersion } from "../domain/index.ts";
import { formatTimestamp, parseTimestamp } from "../kit/index.ts";
import { aFileSource, anEntity, aView, aViewVersion, someFeatures } from "../testing/builders.ts";
import { readSql, sqlTimestamp, writeCsv, writeJsonLines, writeParquet } from "../testing/offline-files.ts";
import { type OpenOfflineStore, openInFolder } from "./offline-store.contract.ts";
import type { OfflineStore } from "./port.ts";

interface Row extends RowTimes {
  readonly id: bigint;
  readonly name: string;
  readonly v: number | null;
}

interface Asked {
  readonly id: bigint | null;
  readonly name: string | null;
  readonly time: bigint;
}

const START = parseTimestamp("2024-01-01T00:00:00Z");
const TTL_SECONDS = 3;

// Few keys and few moments, so that ties, duplicates and edges are the rule; each moment may be a microsecond off.
const aKey = fc.constantFrom(
  { id: 1n, name: "1|2" },
  { id: 12n, name: "|2" },
  { id: 1n, name: "" },
  { id: 2n ** 53n + 1n, name: "1|2" },
  { id: 2n ** 53n, name: "o'k ü" },
);
const aMoment = fc
  .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -1, max: 1 }))
  .map(([seconds, off]) => START + BigInt(seconds) * 1_000_000n + BigInt(off));
const aRow: fc.Arbitrary<Row> = fc
  .record({ key: aKey, event: aMoment, created: fc.option(aMoment, { freq: 3 }), v: fc.option(fc.integer(), { freq: 6 }) })
  .map(({ key, ...row }) => ({ ...key, ...row }));
const anAsked: fc.Arbitrary<Asked> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ key: aKey, time: aMoment }).map(({ key, time }) => ({ ...key, time })) },
  { weight: 1, arbitrary: fc.record({ id: fc.constantFrom(null, 1n), name: fc.constantFrom(null, "2"), time: aMoment }) },
);
const someRows = fc.array(aRow, { minLength: 5, maxLength: 40, size: "max" });
const someAsked = fc.array(anAsked, { minLength: 5, maxLength: 20, size: "max" });

/** The engine against the ten-line references of the domain, over random rows. */
export function offlineStoreProperties(name: string, open: OpenOfflineStore): void {
  describe(`${name} agrees with the rules`, () => {
    let store: OfflineStore;
    let folder: string;
    let dispose: () => Promise<void>;
    let runs = 0;

    beforeAll(async () => {
      ({ store, folder, dispose } = await openInFolder(open));
    });
    afterAll(() => dispose());

    const sqlRow = ({ id, name: text, event, created, v }: Row): string =>
      `(${id}::BIGINT, '${text.replaceAll("'", "''")}', ${sqlTimestamp(event)}, ${sqlTimestamp(created)}, CAST(${v ?? "NULL"} AS INTEGER))`;

    /** The same rows in each way that a source may come; text in a zone of its own. */
    const writers = {
      parquet: (file: string, rows: readonly Row[]) =>
        writeParquet(file, `SELECT * FROM (VALUES ${rows.map(sqlRow).join(", ")}) t(id, name, event, created, v)`),
      jsonl: (file: string, rows: readonly Row[]) =>
        writeJsonLines(
          file,
          rows.map(({ event, created, ...row }) => ({ ...row, event: inTokyo(event), created: created === null ? null : formatTimestamp(created) })),
        ),
    } as const;

    const write = async (
      rows: readonly Row[],
      how: { readonly format: keyof typeof writers; readonly transform: string | null; readonly ttlSeconds: number | null },
    ): Promise<ViewVersion> => {
      const file = join(folder, `rows-${runs}.${how.format}`);
      await writers[how.format](file, rows);
      const dataSource = aFileSource({ path: file, format: how.format, timestampField: "event", createdTimestampColumn: "created" });
      const entities = [
        anEntity({
          joinKeys: [
            { name: "id", type: "int64" },
            { name: "name", type: "string" },
          ],
        }),
      ];
      return aViewVersion(aView({ ttlSeconds: how.ttlSeconds, transform: how.transform, features: someFeatures({ v: "int32" }) }), { dataSource, entities });
    };

    const how = fc.record({
      format: fc.constantFrom("parquet" as const, "jsonl" as const),
      transform: fc.constantFrom(null, "select id, name, event::timestamptz as event, created::timestamptz as created, v from input"),
      ttlSeconds: fc.constantFrom(null, 0, TTL_SECONDS),
      knownAtDelaySeconds: fc.constantFrom(null, 0, 1),
      entityFormat: fc.constantFrom("parquet" as const, "csv" as const),
    });

    test("rows as of a moment are the as-of rule without ttl", { timeout: 120_000 }, async () => {
      const nothingNull = fc.array(anAsked, { minLength: 1, maxLength: 15 }).map((all) => all.filter(({ id, name: text }) => id !== null && text !== null));
      await fc.assert(
        fc.asyncProperty(someRows, nothingNull, how, async (rows, questions, options) => {
          runs += 1;
          const view = await write(rows, options);
          const asked = questions.map(({ id, name: text, time }) => ({ key: [id, text], at: time }));
          const found = await store.rowsAsOf({ view, asked, timeoutMs: 60_000 });
          const expected = questions.map(({ id, name: text, time }) => {
            const own = rows.filter((row) => row.id === id && row.name === text);
            const at = (knownAtDelaySeconds: number | null) => {
              const best = asOf(own, time, { ttlSeconds: null, knownAtDelaySeconds });
              return best && { event: best.event, created: best.created, values: [best.v] };
            };
            return { newest: at(null), known: at(0) };
          });
          expect(found).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    });

    test("the join is the as-of rule", { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(someRows, someAsked, how, async (rows, asked, options) => {
          runs += 1;
          const view = await write(rows, options);
          const entityRows = { path: join(folder, `asked-${runs}.${options.entityFormat}`), format: options.entityFormat };
          if (options.entityFormat === "csv")
            await writeCsv(
              entityRows.path,
              ["n", "id", "name", "time"],
              asked.map(({ id, name: text, time }, n) => [n, id, text === "" ? "(empty)" : text, inTokyo(time)]),
            );
          else
            await writeParquet(
              entityRows.path,
              `SELECT * FROM (VALUES ${asked.map(({ id, name: text, time }, n) => `(${n}, ${id ?? "NULL"}::BIGINT, ${text === null ? "NULL" : `'${text.replaceAll("'", "''")}'`}, ${sqlTimestamp(time)})`).join(", ")}) t(n, id, name, time)`,
            );
          const out = { path: join(folder, `out-${runs}.parquet`), format: "parquet" } as const;
          const views = [{ view, joinKeyMap: {}, features: [{ feature: "v", output: "v" }] }];
          const { rows: count } = await store.join({
            entityRows,
            eventTimestampColumn: "time",
            views,
            knownAtDelaySeconds: options.knownAtDelaySeconds,
            out,
          });
          const rule: AsOfRule = { ttlSeconds: view.ttlSeconds, knownAtDelaySeconds: options.knownAtDelaySeconds };
          const expected = asked.map(({ id, name: text, time }, n) => {
            const isEmptyText = options.entityFormat === "csv" && text === ""; // an empty cell is null, so that name stood in
            const sameKey = isEmptyText ? [] : rows.filter((row) => row.id === id && row.name === text);
            return [n, asOf(sameKey, time, rule)?.v ?? null];
          });
          expect(count).toBe(asked.length);
          expect((await readSql(`SELECT n, v FROM read_parquet('${out.path}')`)).map(([n, v]) => [Number(n), v])).toEqual(expected);
        }),
        { numRuns: 120 },
      );
    });

    test("a stage holds the newest row of each key", { timeout: 120_000 }, async () => {
      await fc.assert(
        fc.asyncProperty(someRows, how, aMoment, async (rows, options, end) => {
          runs += 1;
          const view = await write(rows, options);
          const directory = join(folder, `stage-${runs}`);
          const stage = await store.stageLatest({ view, window: { kind: "everything", end }, directory, shardRows: 3, eventMax: START + 3_600_000_000n });
          const found = new Map<string, unknown>();
          for (const shard of stage.shards.keys()) {
            const { rowCount, event, created, columns } = await store.readShard(stage, shard, view);
            const v = columns.get("v");
            for (let row = 0; row < rowCount; row += 1) {
              const key = JSON.stringify([String(columns.get("id")?.data[row]), columns.get("name")?.data[row]]);
              found.set(key, [event[row], created[row], v?.valid?.[row] === 0 ? null : v?.data[row]]);
            }
          }
          expect(found).toEqual(newestPerKey(rows.filter(({ event }) => event <= end)));
          expect([stage.keys, stage.rowsRead]).toEqual([found.size, rows.filter(({ event }) => event <= end).length]);
        }),
        { numRuns: 60 },
      );
    });
  });
}

function newestPerKey(rows: readonly Row[]): Map<string, unknown> {
  const newest = new Map<string, Row>();
  for (const row of rows) {
    const key = JSON.stringify([String(row.id), row.name]);
    const other = newest.get(key);
    if (other === undefined || compareRowTimes(row, other) >= 0) newest.set(key, row);
  }
  return new Map([...newest].map(([key, { event, created, v }]) => [key, [event, created ?? -(2n ** 63n), v]]));
}

/** The moment as a clock in Tokyo shows it, with its zone. */
function inTokyo(micros: bigint): string {
  return `${formatTimestamp(micros + 9n * 3_600_000_000n).replace("Z", "")}+09:00`;
}
