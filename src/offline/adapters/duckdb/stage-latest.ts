import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBValue } from "@duckdb/node-api";
import { formatTimestamp, LarderError, type Micros } from "../../../kit/index.ts";
import type { Rejection, Stage, StageRequest } from "../../port.ts";
import type { Session } from "./engine.ts";
import { type OpenedView, type Opening, openView, withFilesOf } from "./open-view.ts";
import { quoteInt64 } from "./quote.ts";
import { ROW_ORDER } from "./row-order.ts";
import { writeShards } from "./stage-shards.ts";
import { windowConditions } from "./stage-window.ts";
import { keyColumn, reasonText, selectRows, type ViewRows } from "./view-rows.ts";

/**
 * Stages the newest row per entity key. It reads the source in narrow passes, so that memory holds a few numbers per key, never values:
 * count and judge the rows; the newest event time per key; the rows that share it, and which of them wins; then the winners' values.
 */
export async function stageLatest(opening: Opening, request: StageRequest): Promise<Stage> {
  const { view, directory } = request;
  return withFilesOf([view], opening.variables, async ([files]) => {
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { recursive: true });
    return opening.engine.use(
      async (session) => {
        const features = view.features.map((_, index) => index);
        const prepare = { features, where: (rows: ViewRows) => windowConditions(rows, request.window, request.eventMax) };
        const opened = await openView(opening, session, { view, files, prepare });
        return stageOpened(opening, session, opened, request).finally(opened.release);
      },
      { signal: opening.signal },
    );
  });
}

async function stageOpened({ engine }: Opening, session: Session, { rows, broken }: OpenedView, request: StageRequest): Promise<Stage> {
  const { directory, eventMax, shardRows } = request;
  const window = windowConditions(rows, request.window, eventMax);
  const survey = await surveyRows(session, rows, window, eventMax);
  const good = [
    ...window,
    `${rows.event} <= ${quoteInt64(eventMax)}`,
    ...rows.keys.map((sql) => `${sql} IS NOT NULL`),
    ...(rows.fits === null ? [] : [rows.fits]),
  ];
  const keys = survey.goodRows === 0 ? 0 : await findWinners(session, rows, good);
  const shards = keys === 0 ? [] : await writeShards(session, rows, { directory, shardRows, threads: engine.options.threads });
  const sizes = await Promise.all(shards.map(async ({ file }) => (await stat(join(directory, file))).size));
  return {
    directory,
    shards,
    rowsRead: survey.rowsRead + broken.reduce((sum, { count }) => sum + count, 0),
    keys,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    rejected: [...survey.rejected, ...broken],
    newestEvent: survey.newestEvent,
    newestCreated: survey.newestCreated,
  };
}

interface Survey {
  readonly rowsRead: number;
  readonly goodRows: number;
  readonly rejected: readonly Rejection[];
  readonly newestEvent: Micros | null;
  readonly newestCreated: Micros | null;
}

const TOO_FAR_AHEAD = -1;

/** One pass that counts the window's rows, and those rejected by their reason. */
async function surveyRows(session: Session, rows: ViewRows, window: readonly string[], eventMax: Micros): Promise<Survey> {
  const tooFar = `ev > ${quoteInt64(eventMax)}`;
  const groups = await session.rows(`
    SELECT why, count(*), any_value(shown), max(ev), max(cr)
    FROM (SELECT ev, cr, shown, CASE WHEN reason IS NOT NULL THEN reason WHEN ${tooFar} THEN ${TOO_FAR_AHEAD} END AS why
          FROM (${selectRows(rows, { features: [], where: window, verdict: true })}))
    GROUP BY why ORDER BY why`);
  const good = groups.find(([why]) => why === null);
  const rejected = groups.flatMap(([why, count, shown, event]): Rejection[] => {
    if (why === null) return [];
    const ahead = `event time ${formatTimestamp(bigintOrNull(event) ?? 0n)} lies too far ahead`;
    return [{ reason: why === TOO_FAR_AHEAD ? ahead : reasonText(rows, Number(why), shown === null ? null : String(shown)), count: Number(count) }];
  });
  return {
    rowsRead: groups.reduce((sum, [, count]) => sum + Number(count), 0),
    goodRows: Number(good?.[1] ?? 0),
    rejected,
    newestEvent: bigintOrNull(good?.[3]),
    newestCreated: bigintOrNull(good?.[4]),
  };
}

function bigintOrNull(value: DuckDBValue | undefined): bigint | null {
  return typeof value === "bigint" ? value : null;
}

/** Leaves the places of the winning rows in table `winner`; the number of them, which is the number of keys. */
async function findWinners(session: Session, rows: ViewRows, good: readonly string[]): Promise<number> {
  const select = selectRows(rows, { features: [], where: good });
  const keys = rows.keys.map((_, index) => keyColumn(index));
  const keyList = keys.map((key) => `${key}, `).join("");
  const grouping = keys.length === 0 ? "" : `GROUP BY ${keys.join(", ")}`;
  await session.run(`CREATE TEMP TABLE newest AS SELECT ${keyList}max(ev) AS ev, arg_max(r, ev) AS slot FROM (${select}) ${grouping}`);
  const sameKey = keys.map((key) => `AND f.${key} = n.${key}`).join(" ");
  await session.run(`CREATE TEMP TABLE tied AS SELECT n.slot, f.cr, f.r FROM (${select}) f JOIN newest n ON f.ev = n.ev ${sameKey}`);
  await session.run("DROP TABLE newest");
  const [counts] = await session.rows("SELECT count(*), count(*) FILTER (WHERE r = slot) FROM tied");
  const [all, slots] = (counts ?? []).map(Number);
  const winners = all === slots ? "SELECT slot AS place FROM tied" : `SELECT arg_max(r, ${ROW_ORDER}) AS place FROM tied GROUP BY slot`;
  await session.run(`CREATE TEMP TABLE winner AS ${winners}`);
  await session.run("DROP TABLE tied");
  return slots ?? 0;
}
