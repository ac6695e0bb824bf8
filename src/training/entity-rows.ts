import { mkdir, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { isLarderError, LarderError, type Micros, parseTimestamp } from "../kit/index.ts";
import type { RowFile } from "../offline/index.ts";
import type { RegistrySnapshot } from "../registry/index.ts";
import { readUpload } from "./documents.ts";
import { type KeyColumn, keyColumns } from "./pin-set.ts";
import type { DrawnRows, EntityRowsSpec, Pins, TrainingDeps, TrainingSetSpec, Upload } from "./port.ts";
import { drawnSource, sourceState } from "./source-state.ts";
import { uploadFile, uploadRecord } from "./training-files.ts";

/** The spec's entity rows as a file. Those of a source are drawn into `to`, `limit` of them at most. */
export async function entityRowsFile(
  deps: Pick<TrainingDeps, "offline" | "inspector" | "trainingDirectory">,
  snapshot: RegistrySnapshot,
  asked: { readonly spec: TrainingSetSpec; readonly pins: Pins; readonly to: string; readonly limit?: number; readonly signal?: AbortSignal | undefined },
): Promise<RowFile> {
  const { spec, pins, to, limit, signal } = asked;
  const { entityRows } = spec;
  if (entityRows.kind === "upload") {
    const path = uploadFile(deps.trainingDirectory, entityRows);
    if (await isThere(path)) return { path, name: entityRows.fileName, format: entityRows.format };
    throw new LarderError("failed_precondition", `The file of entity rows ${entityRows.fileName} is not kept any more.`, { hint: "Send it again." });
  }
  const source = drawnSource(snapshot, entityRows);
  const columns = (await deps.inspector.columns(source, null)).map(({ name }) => name);
  const keys = keyColumns(pins).map((key) => ({ name: key.name, type: key.type, column: columnFor(key, columns, source.name) }));
  await mkdir(dirname(to), { recursive: true });
  const { start, end } = windowOf(entityRows);
  const { eventTimestampColumn } = spec;
  const rows = Math.min(entityRows.limit, limit ?? entityRows.limit);
  await deps.offline.drawEntityRows(
    { source, keys, eventTimestampColumn, keep: entityRows.keep, start, end, limit: rows, seed: entityRows.seed, out: to },
    signal,
  );
  return { path: to, name: `source ${source.name}`, format: "parquet" };
}

/** Identifies the entity rows: of a file its content, of a source its state. */
export async function entityRowsDigest(deps: Pick<TrainingDeps, "offline">, snapshot: RegistrySnapshot, entityRows: EntityRowsSpec): Promise<string> {
  if (entityRows.kind === "upload") return entityRows.sha256;
  return (await sourceState(deps.offline, drawnSource(snapshot, entityRows))).digest;
}

export function entityRowsName(entityRows: EntityRowsSpec): string {
  return entityRows.kind === "upload" ? entityRows.fileName : `source ${entityRows.source}`;
}

/** An upload by its id, as it was saved. Throws not_found. */
export async function openUpload({ trainingDirectory }: Pick<TrainingDeps, "trainingDirectory">, id: string): Promise<Upload> {
  const text = await readFile(uploadRecord(trainingDirectory, id), "utf8").catch(() => null);
  if (text === null)
    throw new LarderError("not_found", `There is no upload ${id}.`, { hint: "An upload that nothing uses goes away after a day: send the file again." });
  return readUpload(JSON.parse(text));
}

/** Throws invalid_argument naming a column that the entity rows must have. */
export async function checkEntityRows(
  deps: Pick<TrainingDeps, "inspector">,
  snapshot: RegistrySnapshot,
  { entityRows, eventTimestampColumn }: Pick<TrainingSetSpec, "entityRows" | "eventTimestampColumn">,
  pins: Pins,
): Promise<void> {
  if (entityRows.kind === "source") {
    const source = drawnSource(snapshot, entityRows);
    const columns = (await deps.inspector.columns(source, null)).map(({ name }) => name);
    for (const key of keyColumns(pins)) columnFor(key, columns, source.name);
    windowOf(entityRows);
    return;
  }
  const columns = entityRows.columns.map(({ name }) => name);
  const hint = `${entityRows.fileName} has ${columns.join(", ")}.`;
  for (const { name, view, joinKey } of keyColumns(pins)) {
    if (columns.includes(name)) continue;
    const mapped = name === joinKey ? "" : ` under the name ${name}`;
    throw new LarderError("invalid_argument", `The entity rows have no column "${name}": the view "${view}" needs its join key ${joinKey}${mapped}.`, { hint });
  }
  if (!columns.includes(eventTimestampColumn)) {
    throw new LarderError("invalid_argument", `The entity rows have no column "${eventTimestampColumn}" to say when each row happened.`, { hint });
  }
}

/** A key stands in the source under its name in the entity rows, or else under the join key's. */
function columnFor({ name, joinKey, view }: KeyColumn, columns: readonly string[], source: string): string {
  const found = [name, joinKey].find((column) => columns.includes(column));
  if (found !== undefined) return found;
  throw new LarderError("invalid_argument", `The source "${source}" has no column "${joinKey}": the view "${view}" needs it as its join key.`, {
    hint: `It has ${columns.join(", ")}.`,
  });
}

function windowOf({ start, end }: DrawnRows): { readonly start: Micros | null; readonly end: Micros | null } {
  const window = { start: timeOf("start", start), end: timeOf("end", end) };
  if (window.start !== null && window.end !== null && window.start > window.end) {
    throw new LarderError("invalid_argument", "The window of the entity rows ends before it starts.");
  }
  return window;
}

function timeOf(which: string, text: string | null): Micros | null {
  if (text === null || text === "") return null;
  try {
    return parseTimestamp(text);
  } catch (error) {
    if (!isLarderError(error)) throw error;
    throw new LarderError("invalid_argument", `The ${which} of the window is not a time: ${error.message}`, { cause: error });
  }
}

async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}
