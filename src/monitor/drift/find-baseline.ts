import { join } from "node:path";
import type { Profile, ViewVersion } from "../../domain/index.ts";
import { canonicalJson, type Micros, parseTimestamp } from "../../kit/index.ts";
import type { RowWindow } from "../../offline/index.ts";
import type { TrainingSets } from "../../training/index.ts";
import type { DriftSettings } from "./drift-settings.ts";
import { type DriftRows, type OpenRowsDeps, openRows, rangeText, viewColumns } from "./open-rows.ts";
import type { Baseline, BaselineOrigin } from "./port.ts";
import { trainingSetOf } from "./training-baseline.ts";
import { firstWholeWindow, shift, type TimeWindow } from "./windows.ts";

export interface BaselineDeps extends OpenRowsDeps {
  readonly trainingSets: TrainingSets;
  readonly trainingDirectory: string;
}

/** One view as it is judged. */
export interface JudgedVersion {
  readonly project: string;
  readonly version: ViewVersion;
  readonly settings: DriftSettings;
  readonly windowSeconds: number;
  /** Begin of the first window that is looked at. */
  readonly historyFrom: Micros;
}

/** The rows of a baseline, before they are read. */
export interface BaselinePlan {
  /** Equal for baselines of the same rows. */
  readonly key: string;
  readonly origin: BaselineOrigin;
  readonly rows: DriftRows;
  /** Whether it goes along with the windows; else it stands for ever. */
  readonly isMoving: boolean;
}

const WEEK = 604_800_000_000n;

/**
 * What a window is compared to.
 * Throws failed_precondition for a training set that is gone, has no result, or no feature of the view.
 */
export async function planBaseline(deps: BaselineDeps, judged: JudgedVersion, window: TimeWindow): Promise<BaselinePlan> {
  const { baseline } = judged.settings;
  switch (baseline.kind) {
    case "first_window":
      return planRanges(judged, "first_window", [firstWholeWindow(judged.historyFrom, judged.windowSeconds)]);
    case "window":
      return planRanges(judged, "window", [{ start: parseTimestamp(baseline.start), end: parseTimestamp(baseline.end) }]);
    case "previous_window":
      return planRanges(judged, "previous_window", [shift(window, -1)]);
    case "same_hours":
      return planRanges(judged, "same_hours", pastWeeks(window, baseline.weeks));
    case "training_set":
      return planTrainingSet(deps, judged, baseline.name);
  }
}

/** Where the windows to be judged may begin: after what they need behind them. */
export function judgedFrom({ settings: { baseline }, historyFrom, windowSeconds }: JudgedVersion): Micros {
  const first = firstWholeWindow(historyFrom, windowSeconds);
  if (baseline.kind === "same_hours") return first.start + WEEK;
  return baseline.kind === "first_window" || baseline.kind === "previous_window" ? first.end : first.start;
}

function pastWeeks({ start, end }: TimeWindow, weeks: number): readonly TimeWindow[] {
  return Array.from({ length: weeks }, (_, back) => ({ start: start - WEEK * BigInt(back + 1), end: end - WEEK * BigInt(back + 1) }));
}

function planRanges({ version, settings }: JudgedVersion, kind: BaselineOrigin["kind"], ranges: readonly TimeWindow[]): BaselinePlan {
  const isMoving = kind === "previous_window" || kind === "same_hours";
  const values = isMoving ? settings.values : "offline";
  const origin: BaselineOrigin = { kind, values, ranges: ranges.map(rangeText), trainingSet: null };
  const [range] = ranges;
  const isServed = values === "served" && range !== undefined;
  const rows: DriftRows = isServed ? { kind: "served", view: version, range } : { kind: "view", view: version, ranges };
  return { key: keyOf(version, origin, ""), origin, rows, isMoving };
}

/** Rows without a time of their own often have the least one that there is. */
const EPOCH_IS_OVER = 86_400_000_000n;

export interface HistoryStart {
  readonly start: Micros;
  /** Entity keys of that window, nearly. */
  readonly keys: number;
}

/**
 * Begin of the first window that has rows enough to be judged by; where none has, of the first that is no mere trace of what windows of the
 * source hold. Rows at the epoch count where there are no others, rows in the future never. Null: the source has no rows. Asked until a
 * baseline has rows enough: its bins, once frozen, never move.
 */
export async function findHistoryStart({ offline }: OpenRowsDeps, version: ViewVersion, options: HistoryOptions): Promise<HistoryStart | null> {
  const { windowSeconds, rowsMin, now, signal } = options;
  const span = await offline.eventSpan(version);
  if (span === null) return null;
  const first = firstWholeWindow(span.oldest, windowSeconds);
  const whole = (await offline.windowSizes(version, { seconds: windowSeconds, offset: first.start }, signal)).filter(
    ({ start }) => start >= first.start && start <= now,
  );
  const timed = whole.filter(({ start }) => start > EPOCH_IS_OVER);
  const sizes = timed.length > 0 ? timed : whole;
  const largest = Math.max(0, ...sizes.map(({ keys }) => keys));
  // the engine's count of keys is a sketch, a few percent wide
  const found = sizes.find(({ keys }) => keys >= rowsMin * 1.1) ?? sizes.find(({ keys }) => keys >= largest / 2);
  return { start: found?.start ?? first.start, keys: found?.keys ?? 0 };
}

export interface HistoryOptions {
  readonly windowSeconds: number;
  readonly rowsMin: number;
  readonly now: Micros;
  readonly signal?: AbortSignal;
}

async function planTrainingSet(deps: BaselineDeps, { project, version }: JudgedVersion, name: string): Promise<BaselinePlan> {
  const { set, result, pinned } = await trainingSetOf(deps.trainingSets, { project, view: version.view, name });
  const rows: DriftRows = {
    kind: "file",
    file: { path: join(deps.trainingDirectory, result.file), name: `training set ${name}`, format: "parquet" },
    columnOf: new Map(pinned.features.map(({ feature, output }) => [feature, output])),
    keys: pinned.joinKeys.map((key) => pinned.joinKeyMap[key.name] ?? key.name),
    eventTimestampColumn: set.spec.eventTimestampColumn,
  };
  const origin: BaselineOrigin = { kind: "training_set", values: "training_set", ranges: [], trainingSet: name };
  return { key: keyOf(version, origin, set.resultRun ?? ""), origin, rows, isMoving: false };
}

function keyOf({ versionId }: ViewVersion, origin: BaselineOrigin, of: string): string {
  return canonicalJson({ versionId, of, values: origin.values, ranges: origin.ranges.map(({ start, end }) => [start, end]), set: origin.trainingSet });
}

/** Reads the rows of a baseline and freezes bins on them. Features that are not there are left out. */
export async function freezeBaseline(
  deps: OpenRowsDeps,
  judged: JudgedVersion,
  plan: BaselinePlan,
  { frozenAt, signal }: { readonly frozenAt: Micros; readonly signal: AbortSignal },
): Promise<Baseline> {
  const names = judged.version.features.map(({ name }) => name); // all of them: what is ignored now may be judged later
  const like = plan.rows.kind === "file" ? await viewColumns(deps, judged.version, names) : [];
  return openRows(deps, plan.rows, { columns: names, like, signal }, async (window) => ({
    key: plan.key,
    origin: plan.origin,
    rows: window.rows,
    frozenAt,
    profiles: await freezeProfiles(window),
  }));
}

async function freezeProfiles(window: RowWindow): Promise<ReadonlyMap<string, Profile>> {
  const names = window.columns.map(({ name }) => name);
  const bins = await window.freezeBins(names);
  const binned = names.flatMap((name, index) => (bins[index] === undefined ? [] : [{ name, bins: bins[index] }]));
  const profiles = await window.profile(binned, { sampled: true });
  return new Map(binned.flatMap(({ name }, index) => (profiles[index] === undefined ? [] : [[name, profiles[index]] as const])));
}
