import { rename, rm } from "node:fs/promises";
import type { JoinRequest, RowFile, RowFileDescription } from "../../port.ts";
import { copyOptions, requireFile } from "./join.ts";
import { jsonForm } from "./json-columns.ts";
import type { Opening } from "./open-view.ts";
import { quoteText } from "./quote.ts";
import { describeColumns } from "./read-source.ts";
import { readTable, valueAtRow } from "./read-table.ts";
import { rowFileContext, rowFileReader } from "./row-file.ts";
import { valueTypeOf } from "./value-types.ts";

/** Columns with their types, the number of rows and the first of them. Reads a text file through once. */
export async function describeRows(opening: Opening, file: RowFile, limit: number): Promise<RowFileDescription> {
  await requireFile(file.path);
  const context = rowFileContext(file);
  return opening.engine.use(
    async (session) => {
      const from = rowFileReader(file);
      const described = [...(await describeColumns(session, `SELECT * FROM ${from}`, context))];
      const [counted] = await session.rows(`SELECT count(*) FROM ${from}`, context);
      const fields = described.map(([name, engineType]) => ({ name, ...jsonForm(name, engineType) }));
      const { rowCount, columns } = await readTable(session, `SELECT ${fields.map(({ sql }) => sql).join(", ")} FROM ${from} LIMIT ${limit}`, fields, context);
      return {
        columns: described.map(([name, engineType]) => ({ name, engineType, type: valueTypeOf(engineType) })),
        rows: Number(counted?.[0] ?? 0),
        head: {
          columns: fields.map(({ name, type }) => ({ name, type })),
          rows: Array.from({ length: rowCount }, (_, row) => columns.map((column) => valueAtRow(column, row))),
        },
      };
    },
    { signal: opening.signal },
  );
}

/** The same rows in the same order in another file; it appears whole or not at all. */
export async function copyRows(opening: Opening, file: RowFile, out: JoinRequest["out"]): Promise<void> {
  await requireFile(file.path);
  const unfinished = `${out.path}.part`;
  try {
    await opening.engine.use(
      (session) => session.run(`COPY (SELECT * FROM ${rowFileReader(file)}) TO ${quoteText(unfinished)} (${copyOptions(out.format)})`, rowFileContext(file)),
      { signal: opening.signal },
    );
    await rename(unfinished, out.path);
  } finally {
    await rm(unfinished, { force: true });
  }
}
