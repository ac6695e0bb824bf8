import { z } from "zod";
import type { ViewVersion } from "../../domain/index.ts";
import { type Micros, parseTimestamp, toMicros } from "../../kit/index.ts";
import type { NewestRow } from "../../offline/index.ts";
import type { Run } from "../../runs/index.ts";

/** What one materialize that succeeded had read, and when it was online. */
export interface LoadedWindow {
  /** Event times from here on; null: all before the end, since earlier runs had read the rest. */
  readonly start: Micros | null;
  readonly end: Micros;
  /** When it looked at the source. */
  readonly readAt: Micros;
  readonly onlineAt: Micros;
}

/** As far back as an incremental run looks for late rows: one that was created so shortly before a reading may have come after it. */
const LATENESS_MICROS = 3_600_000_000n;

const receipt = z.object({ version: z.number(), start: z.string().nullable(), end: z.string() });
const request = z.object({ window: z.object({ kind: z.string() }) });

/** The windows of a version's runs; runs of other versions and unreadable ones are left out. */
export function loadedWindows(runs: readonly Run[], { versionNumber }: Pick<ViewVersion, "versionNumber">): readonly LoadedWindow[] {
  return runs.flatMap((run): LoadedWindow[] => {
    const [made, asked] = [receipt.safeParse(run.receipt), request.safeParse(run.request)];
    if (!made.success || !asked.success || made.data.version !== versionNumber || run.startedAt === null || run.finishedAt === null) return [];
    const { start, end } = made.data;
    const isRange = asked.data.window.kind === "range" && start !== null;
    return [{ start: isRange ? parseTimestamp(start) : null, end: parseTimestamp(end), readAt: toMicros(run.startedAt), onlineAt: toMicros(run.finishedAt) }];
  });
}

/** Whether a row must have been online at an instant: a run that was done by then had read past it, and the row was there by all accounts. */
export function wasLoaded(row: Pick<NewestRow, "event" | "created">, servedAt: Micros, windows: readonly LoadedWindow[]): boolean {
  return windows.some(
    ({ start, end, readAt, onlineAt }) =>
      onlineAt <= servedAt && row.event <= end && (start === null || row.event >= start) && (row.created === null || row.created + LATENESS_MICROS <= readAt),
  );
}
