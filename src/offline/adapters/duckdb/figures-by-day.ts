import type { DuckDBValue } from "@duckdb/node-api";
import type { ExpectedFeature } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { DayFeature, DayFigures, DayFiguresRequest } from "../../port.ts";
import { brokenSql, type ExpectedColumn, present, readBroken, textsIn } from "./count-broken.ts";
import { type Opening, readOnce } from "./open-view.ts";
import { shownKey, shownText } from "./shown-key.ts";
import { featureColumn, keyColumn, selectRows } from "./view-rows.ts";

/** More categories than this are no categories. */
const CATEGORIES_MAX = 200;
const CATEGORY_LENGTH_MAX = 100;

/** What the good rows of a view are like day by day of their event times, in UTC: one scan for all days and features. */
export async function figuresByDay(opening: Opening, { view, expected, start, end }: DayFiguresRequest): Promise<readonly DayFigures[]> {
  const columns = view.features.map((field, index): ExpectedColumn => {
    const expect = expected.find(({ name }) => name === field.name)?.expect;
    return { feature: { ...field, expect: rowByRow(expect) }, sql: featureColumn(index) };
  });
  const keys = view.joinKeys.map((_, index) => keyColumn(index));
  const shown = keys.map((key) => `${key}::VARCHAR`);
  const figures = [
    "day",
    "count(*)",
    `count(*) - count(DISTINCT hash(${[...keys, "ev", "cr"].join(", ")}))`,
    ...columns.flatMap((column) => [`count(*) - count(${present(column)})`, categoriesSql(column)]),
    ...brokenSql(columns, shown),
  ];
  return readOnce(opening, view, async (session, rows) => {
    const where = [...rows.eventWithin(start, end - 1n), `(${rows.reason}) IS NULL`];
    const from = selectRows({ ...rows, place: null }, { features: view.features.map((_, index) => index), where });
    const found = await session.rows(
      `SELECT ${figures.join(", ")} FROM (SELECT *, ev - ((ev % ${DAY} + ${DAY}) % ${DAY}) AS day FROM (${from})) GROUP BY day ORDER BY day`,
    );
    return found.map(([day, count, duplicates, ...rest]) => {
      if (typeof day !== "bigint") throw new LarderError("internal", "A day came in a form that nobody expected.");
      const broken = readBroken(columns, rest.slice(2 * columns.length), (texts, type) => ({
        key: shownKey(view.joinKeys, texts),
        value: shownText(type, texts[keys.length] ?? null),
      }));
      const features = columns.map(({ feature: { name } }, index): DayFeature => {
        const [nulls, categories] = rest.slice(2 * index);
        return { feature: name, nulls: Number(nulls), categories: categoriesIn(categories), broken: broken.filter((one) => one.feature === name) };
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
