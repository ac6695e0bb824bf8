import type { DuckDBValue } from "@duckdb/node-api";
import type { ExpectedFeature } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { DayFeature, DayFigures, DayFiguresRequest } from "../../port.ts";
import { type Broken, brokenSql, type ExpectedColumn, expectationsOf, findExamples, present, textsIn } from "./count-broken.ts";
import { type Opening, readOnce } from "./open-view.ts";
import { featureColumn, keyColumn, selectRows } from "./view-rows.ts";

/** More categories than this are no categories. */
const CATEGORIES_MAX = 200;
const CATEGORY_LENGTH_MAX = 100;

/** What the good rows of a view are like day by day of their event times, in UTC: one scan for all days and features, and one for each kind of fault. */
export async function figuresByDay(opening: Opening, { view, expected, start, end }: DayFiguresRequest): Promise<readonly DayFigures[]> {
  const columns = view.features.map((field, index): ExpectedColumn => {
    const expect = expected.find(({ name }) => name === field.name)?.expect;
    return { feature: { ...field, expect: rowByRow(expect) }, sql: featureColumn(index) };
  });
  const keys = view.joinKeys.map((_, index) => keyColumn(index));
  const all = expectationsOf(columns);
  const figures = [
    "day",
    "count(*)",
    `count(*) - count(DISTINCT hash(${[...keys, "ev", "cr"].join(", ")}))`,
    ...columns.flatMap((column) => [`count(*) - count(${present(column)})`, categoriesSql(column)]),
    ...all.map(brokenSql),
  ];
  return readOnce(opening, view, async (session, rows) => {
    const where = [...rows.eventWithin(start, end - 1n), `(${rows.reason}) IS NULL`];
    const good = selectRows({ ...rows, place: null }, { features: view.features.map((_, index) => index), where });
    const from = `(SELECT *, ev - ((ev % ${DAY} + ${DAY}) % ${DAY}) AS day FROM (${good}))`;
    const found = await session.rows(`SELECT ${figures.join(", ")} FROM ${from} GROUP BY day ORDER BY day`);
    const counts = found.map((row) => row.slice(3 + 2 * columns.length).map(Number));
    const examples = new Map<Broken, Awaited<ReturnType<typeof findExamples>>>();
    for (const [index, broken] of all.entries()) {
      if (counts.every((ofDay) => ofDay[index] === 0)) continue;
      examples.set(broken, await findExamples(session, broken, { from, keys, joinKeys: view.joinKeys, by: "day" }));
    }
    return found.map(([day, count, duplicates, ...rest], at) => {
      if (typeof day !== "bigint") throw new LarderError("internal", "A day came in a form that nobody expected.");
      const broken = all.map((one, index) => ({ ...one, rows: counts[at]?.[index] ?? 0, example: examples.get(one)?.get(day) ?? null }));
      const features = columns.map((column, index): DayFeature => {
        const [nulls, categories] = rest.slice(2 * index);
        const ofColumn = broken.filter((one) => one.column === column);
        return {
          feature: column.feature.name,
          nulls: Number(nulls),
          categories: categoriesIn(categories),
          broken: ofColumn.map(({ expectation, rows: many, example }) => ({ feature: column.feature.name, expectation, rows: many, example })),
        };
      });
      return { day, rows: Number(count), duplicates: Number(duplicates), features };
    });
  });
}

const DAY = 86_400_000_000n;

/** The expectations that one row alone can break; the share of nulls is counted anyway. */
function rowByRow(expect: ExpectedFeature["expect"] | undefined): ExpectedFeature["expect"] {
  const { nullRateMax: _, unique: __, ...rest } = expect ?? { onFailure: "warn" as const };
  return rest;
}

/** Up to one more than counts as categories: so many are too many. */
function categoriesSql({ feature: { type }, sql }: ExpectedColumn): string {
  return type === "string" || type === "bool" ? `approx_top_k(left(${sql}::VARCHAR, ${CATEGORY_LENGTH_MAX}), ${CATEGORIES_MAX + 1})` : "NULL";
}

function categoriesIn(value: DuckDBValue | undefined): readonly string[] | null {
  const texts = textsIn(value);
  return texts === null || texts.length > CATEGORIES_MAX ? null : texts.flatMap((text) => text ?? []).sort();
}
