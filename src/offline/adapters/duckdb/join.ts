import { randomUUID } from "node:crypto";
import { rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { LarderError } from "../../../kit/index.ts";
import type { JoinRequest, JoinResult } from "../../port.ts";
import { joinSql } from "./join-sql.ts";
import { type OpenedJoin, oldestWithinTtl, withJoin } from "./open-join.ts";
import type { Opening } from "./open-view.ts";
import { quoteText } from "./quote.ts";

/** Point-in-time join of any number of views into a file; the file appears whole or not at all. */
export async function joinViews(opening: Opening, request: JoinRequest): Promise<JoinResult> {
  await requireFile(request.entityRows.path);
  const folder = await stat(dirname(request.out.path)).catch(() => null);
  if (!folder?.isDirectory()) throw new LarderError("invalid_argument", `There is no folder ${dirname(request.out.path)} to write to.`);
  return withJoin(opening, request, { sampleRows: null, oldest: oldestWithinTtl }, (opened) => writeOut(opened, request));
}

export async function requireFile(path: string): Promise<void> {
  const rows = await stat(path).catch(() => null);
  if (!rows?.isFile()) throw new LarderError("not_found", `There is no file ${path}.`);
}

async function writeOut({ session, entities, entityKeys, parts }: OpenedJoin, request: JoinRequest): Promise<JoinResult> {
  const { out, views, knownAtDelaySeconds } = request;
  const outputs = request.outputs ?? views.flatMap(({ features }) => features.map(({ output }) => output));
  const entityColumns = [...entities.columns.keys()];
  const sql = joinSql({ entityFrom: entities.from, entityTime: entities.time, entityKeys, entityColumns, parts, knownAtDelaySeconds, outputs });
  const unfinished = `${out.path}.${randomUUID()}.part`;
  try {
    await session.run(`COPY (${sql}) TO ${quoteText(unfinished)} (${copyOptions(out.format)})`);
    await rename(unfinished, out.path);
  } finally {
    await rm(unfinished, { force: true });
  }
  return {
    rows: entities.rowCount,
    columns: [...entityColumns, ...outputs],
    rejected: parts.flatMap(({ join, rejected }) => rejected.map((rejection) => ({ view: join.view.view, rejection }))),
  };
}

export function copyOptions(format: JoinRequest["out"]["format"]): string {
  return format === "parquet" ? "FORMAT parquet" : "FORMAT csv, HEADER";
}
