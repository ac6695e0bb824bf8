import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type ColumnBatch, NO_CREATED_TIME, type ViewVersion } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { Stage } from "../../port.ts";
import type { Engine } from "./engine.ts";
import { quoteIdentifier, quoteText } from "./quote.ts";
import { columnBuilder } from "./read-vector.ts";
import { SHARD_CREATED, SHARD_EVENT } from "./stage-shards.ts";

export async function hasStage({ directory, shards }: Stage): Promise<boolean> {
  const found = await Promise.all(shards.map(({ file }) => stat(join(directory, file)).catch(() => null)));
  return found.every((file) => file?.isFile() === true);
}

/** One shard of a stage as columns. Throws not_found when the stage is gone. */
export async function readShard(engine: Engine, stage: Stage, shard: number, view: ViewVersion): Promise<ColumnBatch> {
  const found = stage.shards[shard];
  const path = found === undefined ? null : join(stage.directory, found.file);
  if (found === undefined || path === null || !(await stat(path).catch(() => null))) {
    throw new LarderError("not_found", `Shard ${shard} of the stage in ${stage.directory} is not there.`, { hint: "Start the run again: it stages anew." });
  }
  const fields = [...view.joinKeys, ...view.features];
  const event = columnBuilder(SHARD_EVENT, "int64", found.rows);
  const created = columnBuilder(SHARD_CREATED, "int64", found.rows);
  const columns = fields.map(({ name, type }) => columnBuilder(name, type, found.rows));
  const all = [event, created, ...columns];
  const names = [SHARD_EVENT, `coalesce(${SHARD_CREATED}, ${NO_CREATED_SQL})`, ...fields.map(({ name }) => quoteIdentifier(name))];
  await engine.use(async ({ connection }) => {
    const result = await connection.stream(`SELECT ${names.join(", ")} FROM read_parquet(${quoteText(path)})`);
    let offset = 0;
    for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      for (const [index, column] of all.entries()) column.append(chunk, index, offset);
      offset += chunk.rowCount;
    }
  });
  return {
    rowCount: found.rows,
    event: timesOf(event.finish().data),
    created: timesOf(created.finish().data),
    columns: new Map(columns.map((column) => [column.name, column.finish()])),
  };
}

const NO_CREATED_SQL = `(${NO_CREATED_TIME + 1n} - 1)`; // the lowest int64 has no literal of its own

function timesOf(data: unknown): BigInt64Array {
  if (data instanceof BigInt64Array) return data;
  throw new LarderError("internal", "Times of a stage came as something else than int64.");
}
