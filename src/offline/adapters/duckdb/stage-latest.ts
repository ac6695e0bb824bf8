import { mkdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { LarderError } from "../../../kit/index.ts";
import type { Stage, StageRequest } from "../../port.ts";
import type { EngineOptions, Session } from "./engine.ts";
import { findWinners } from "./find-winners.ts";
import { type OpenedView, type Opening, openView, withFilesOf } from "./open-view.ts";
import { quoteInt64 } from "./quote.ts";
import { writeShards } from "./stage-shards.ts";
import { windowConditions } from "./stage-window.ts";
import { type Survey, surveyRows } from "./survey-rows.ts";
import type { ViewRows } from "./view-rows.ts";

/**
 * Stages the newest row per entity key. It reads the source in narrow passes, so that memory holds a few numbers per key, never values:
 * count and judge the rows; the newest event time per key; the rows that share it, and which of them wins; then the winners' values.
 */
export async function stageLatest(opening: Opening, request: StageRequest): Promise<Stage> {
  const { view, directory } = request;
  return withFilesOf([view], opening.variables, async ([files]) => {
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    return opening.engine.use(
      async (session) => {
        await rm(directory, { recursive: true, force: true });
        await mkdir(directory, { recursive: true });
        const features = view.features.map((_, index) => index);
        const prepare = { features, where: (rows: ViewRows) => windowConditions(rows, request.window, request.eventMax) };
        const opened = await openView(opening, session, { view, files, prepare });
        return stageOpened(opening, session, opened, request).finally(opened.release);
      },
      { signal: opening.signal, isLarge: true },
    );
  });
}

async function stageOpened({ engine }: Opening, session: Session, { rows, broken }: OpenedView, request: StageRequest): Promise<Stage> {
  const { directory, eventMax, shardRows } = request;
  const { threads } = engine.options;
  const window = windowConditions(rows, request.window, eventMax);
  const survey = await surveyRows(session, rows, window, eventMax);
  const good = [...window, `${rows.event} <= ${quoteInt64(eventMax)}`, ...(survey.hasUnfit ? [`(${rows.reason}) IS NULL`] : [])];
  const keys = survey.goodRows === 0 ? 0 : await findWinners(session, rows, { good, passes: passesFor(survey, rows, engine.options) });
  const shards = keys === 0 ? [] : await writeShards(session, rows, { directory, shardRows, threads, winners: keys });
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

/** What grouping holds per key and thread besides the key itself: hash, states, pointers. */
const GROUP_BYTES = 72;
const MEMORY_SHARE = 0.6;

/** Keys that do not fit into memory at once are taken in several passes, each over the keys of one part of a hash. */
export function passesFor({ keysApprox, keyBytes }: Survey, rows: ViewRows, { memoryLimitMb, threads }: EngineOptions): number {
  if (rows.keys.length === 0) return 1;
  const bytes = keysApprox * threads * (GROUP_BYTES + keyBytes);
  return Math.max(1, Math.ceil(bytes / (memoryLimitMb * 1e6 * MEMORY_SHARE)));
}
