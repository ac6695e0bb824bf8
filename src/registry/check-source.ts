import { batchSourceOf, type DataSource, type ProjectDefinitions } from "../domain/index.ts";
import { canonicalJson, type Json } from "../kit/index.ts";
import type { Complaints } from "./problem.ts";

/** Time columns, what a source reads from, and that a batch source beside a stream is the one that goes by that name. */
export function checkSource(source: DataSource, defined: ProjectDefinitions, { error }: Complaints): void {
  if (source.timestampField === "") error("it names no column that holds event time: set timestampField");
  if (source.timestampField === source.createdTimestampColumn) error(`event time and created time are the same column "${source.timestampField}"`);
  switch (source.type) {
    case "file":
      if (source.path === "") error("it has no path");
      return;
    case "postgres":
      if ((source.query === null) === (source.table === null)) error("it must have a query or a table: one of them");
      return;
    case "kafka":
    case "push":
      checkBatchSource(source, defined, error);
  }
}

function checkBatchSource(source: DataSource, defined: ProjectDefinitions, error: Complaints["error"]): void {
  const batch = batchSourceOf(source);
  const other = batch === null ? undefined : defined.source(batch.name);
  if (batch === null || other === undefined || isEqual(batch, other)) return;
  error(`its batch source "${batch.name}" is another one than the data source of that name`);
}

function isEqual(a: DataSource, b: DataSource): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);
}

/** What this release accepts and does not carry out yet. */
export function sourceLimits(source: DataSource, { warning }: Complaints): void {
  const batch = batchSourceOf(source);
  if (source.type === "kafka") warning("stream jobs are not built yet: only the batch source beside it is read");
  if (source.type === "push") warning("pushed rows reach the online store only: keeping them offline is not built yet");
  if (batch === null) warning("without a batch source there is no history: its views can be neither materialized nor joined");
  if (batch?.type === "postgres") warning("reading from PostgreSQL is not built yet: its views can be neither materialized nor joined");
}
