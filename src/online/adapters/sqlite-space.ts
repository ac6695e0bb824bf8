import { toPackedBatch } from "../packed-batch.ts";
import type { KeyCount, PackedBatch, RowSpace } from "../port.ts";
import { eventTimeOf } from "../row-layout.ts";
import type { OpenFile } from "./sqlite-file.ts";

const DROP_SOME = "DELETE FROM online_rows WHERE space = ?1 AND key IN (SELECT key FROM online_rows WHERE space = ?1 LIMIT 2000)";
const SCAN = "SELECT key, value FROM online_rows WHERE space = ?1 AND key > ?2 ORDER BY key LIMIT ?3";
const WEIGH = "SELECT avg(length(key) + length(value)) FROM (SELECT key, value FROM online_rows WHERE space = ? LIMIT 1000)";
const TIMES = "SELECT key, substr(value, 1, 8) FROM online_rows WHERE space = ?1 AND key > ?2 ORDER BY key LIMIT ?3";
export const COUNT_MORE = "UPDATE spaces SET row_count = row_count + ?2 WHERE id = ?1";

/** Pages are about three quarters full, and a row has a few bytes of its own. */
const FILL = 0.75;
const ROW_OVERHEAD = 6;

/** The space's id, null when nothing was ever written to it. Ids are never reused, so they are kept while the file is open. */
export function findSpace(file: OpenFile, { project, version }: RowSpace): number | null {
  const name = `${project}/${version}`;
  const known = file.spaceIds.get(name);
  if (known !== undefined) return known;
  const found = firstColumn(file.statement("SELECT id FROM spaces WHERE project = ? AND version = ?").get(project, version));
  if (typeof found !== "number") return null;
  file.spaceIds.set(name, found);
  return found;
}

/** The space's id; made when it has none. Not inside a transaction: one that fails would take the id back. */
export function makeSpace(file: OpenFile, { project, version }: RowSpace): number {
  for (;;) {
    const found = findSpace(file, { project, version });
    if (found !== null) return found;
    file.statement("INSERT INTO spaces (project, version) VALUES (?, ?) ON CONFLICT DO NOTHING").run(project, version);
  }
}

/** Some rows of a space in the order of their keys, after this key (null: from the first). */
export function scanSome(file: OpenFile, space: number, { after, limit }: { readonly after: Uint8Array; readonly limit: number }): PackedBatch {
  const rows = file.statement(SCAN).all(space, after, limit) as unknown as [Uint8Array, Uint8Array][]; // as the statement selects them
  return toPackedBatch(rows.map(([key, value]) => ({ key, value })));
}

/** Event times of some rows in the order of their keys, after this key, and the last key of them (null: there were none). */
export function timesOfSome(file: OpenFile, space: number, { after, limit }: { readonly after: Uint8Array; readonly limit: number }) {
  const rows = file.statement(TIMES).all(space, after, limit) as unknown as [Uint8Array, Uint8Array][]; // as the statement selects them
  return { events: rows.map(([, value]) => eventTimeOf(value)), last: rows.at(-1)?.[0] ?? null };
}

export function countRows(file: OpenFile, space: number): KeyCount {
  const keys = Number(firstColumn(file.statement("SELECT row_count FROM spaces WHERE id = ?").get(space)) ?? 0);
  const weight = Number(firstColumn(file.statement(WEIGH).get(space)) ?? 0);
  return { keys, exact: true, bytes: Math.round((keys * (weight + ROW_OVERHEAD)) / FILL) };
}

/** Removes some rows of a space in one short transaction; how many. */
export function dropSome(file: OpenFile, space: number): number {
  return file.transact("write", () => {
    const removed = Number(file.statement(DROP_SOME).run(space).changes);
    if (removed > 0) file.statement(COUNT_MORE).run(space, -removed);
    return removed;
  });
}

/** The first column of a row that came as an array of columns. */
export function firstColumn(row: unknown): unknown {
  return Array.isArray(row) ? row[0] : undefined;
}
