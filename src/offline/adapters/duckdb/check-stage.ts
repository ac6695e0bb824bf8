import { join } from "node:path";
import { type ExpectationCount, type ExpectationExample, findingsOf, type ValueType } from "../../../domain/index.ts";
import type { StageCheck, StageCheckRequest } from "../../port.ts";
import { brokenSql, type ExpectedColumn, present, readBroken, textsIn } from "./count-broken.ts";
import type { Engine, Session } from "./engine.ts";
import { quoteIdentifier, quoteTextList } from "./quote.ts";
import { shownKey, shownText } from "./shown-key.ts";

/** Holds the rows of a stage against what is expected of them: one scan, and one more for each feature whose values repeat. */
export async function checkStage(engine: Engine, { stage, view, expected }: StageCheckRequest, signal?: AbortSignal): Promise<StageCheck> {
  if (expected.length === 0 || stage.shards.length === 0) return { rows: 0, findings: [] };
  const from = `read_parquet(${quoteTextList(stage.shards.map(({ file }) => join(stage.directory, file)))})`;
  const shown = view.joinKeys.map(({ name }) => `${quoteIdentifier(name)}::VARCHAR`);
  const columns = expected.map((feature): ExpectedColumn => ({ feature, sql: quoteIdentifier(feature.name) }));
  const example = (texts: readonly (string | null)[], type: ValueType): ExpectationExample => ({
    key: shownKey(view.joinKeys, texts),
    value: shownText(type, texts[view.joinKeys.length] ?? null),
  });
  return engine.use(
    async (session) => {
      const [row] = await session.rows(`SELECT count(*), ${brokenSql(columns, shown).join(", ")} FROM ${from}`);
      const [rows, ...values] = row ?? [];
      const counts: ExpectationCount[] = [];
      for (const count of readBroken(columns, values, example)) {
        const column = count.expectation === "unique" && count.rows > 0 ? columns.find(({ feature }) => feature.name === count.feature) : undefined;
        const texts = column === undefined ? null : await repeated(session, from, column, shown);
        counts.push(column === undefined || texts === null ? count : { ...count, example: example(texts, column.feature.type) });
      }
      return { rows: Number(rows), findings: findingsOf(expected, counts, Number(rows)) };
    },
    { signal, isLarge: true },
  );
}

/** A row whose value another row has, too. */
async function repeated(session: Session, from: string, column: ExpectedColumn, shown: readonly string[]): Promise<readonly (string | null)[] | null> {
  const value = present(column);
  const texts = `[${[...shown, `${column.sql}::VARCHAR`].join(", ")}]`;
  const [row] = await session.rows(`SELECT any_value(${texts}) FROM ${from} WHERE (${value}) IS NOT NULL GROUP BY ${value} HAVING count(*) > 1 LIMIT 1`);
  return textsIn(row?.[0]);
}
