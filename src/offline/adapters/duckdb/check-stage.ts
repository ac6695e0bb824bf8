import { join } from "node:path";
import { type ExpectationCount, findingsOf } from "../../../domain/index.ts";
import type { StageCheck, StageCheckRequest } from "../../port.ts";
import { brokenSql, expectationsOf, findExamples } from "./count-broken.ts";
import type { Engine } from "./engine.ts";
import { quoteIdentifier, quoteTextList } from "./quote.ts";

/** Holds the rows of a stage against what is expected of them: one scan for all, and a look for a row that shows it for each that is broken. */
export async function checkStage(engine: Engine, { stage, view, expected }: StageCheckRequest, signal?: AbortSignal): Promise<StageCheck> {
  if (expected.length === 0 || stage.shards.length === 0) return { rows: 0, findings: [] };
  const from = `read_parquet(${quoteTextList(stage.shards.map(({ file }) => join(stage.directory, file)))})`;
  const all = expectationsOf(expected.map((feature) => ({ feature, sql: quoteIdentifier(feature.name) })));
  const search = { from, keys: view.joinKeys.map(({ name }) => quoteIdentifier(name)), joinKeys: view.joinKeys, by: null };
  return engine.use(
    async (session) => {
      const [row] = await session.rows(`SELECT count(*), ${all.map(brokenSql).join(", ")} FROM ${from}`);
      const [rows = 0, ...counts] = (row ?? []).map(Number);
      const found: ExpectationCount[] = [];
      for (const [index, broken] of all.entries()) {
        const count = { feature: broken.column.feature.name, expectation: broken.expectation, rows: counts[index] ?? 0, example: null };
        if (findingsOf(expected, [count], rows).length === 0) continue;
        found.push({ ...count, example: (await findExamples(session, broken, search)).get(null) ?? null });
      }
      return { rows, findings: findingsOf(expected, found, rows) };
    },
    { signal, isLarge: true },
  );
}
