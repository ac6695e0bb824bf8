import { formatDuration, formatTimestamp, LarderError, type Micros } from "../kit/index.ts";
import type { SourceFingerprint, StageWindow } from "../offline/index.ts";
import type { OnlineState } from "../registry/index.ts";
import type { MaterializeWindow } from "./port.ts";

/** How far behind the watermarks an incremental run looks again, for rows that came late. */
const LOOKBACK_SECONDS = 3_600;

export interface WindowFacts {
  readonly state: OnlineState | null;
  /** The store's epoch for this project now. */
  readonly epoch: string;
  readonly fingerprint: SourceFingerprint;
  readonly hasCreatedTime: boolean;
  readonly now: Micros;
}

export interface ResolvedWindow {
  readonly window: StageWindow;
  /** What will be read and why, for people. */
  readonly note: string;
  /** It reads all there is: the version is ready afterwards. */
  readonly isFull: boolean;
  /** The watermark may follow: no row between it and this window is left out. */
  readonly movesWatermark: boolean;
}

/** What a request means now, given how far the store is. Throws invalid_argument for a window that ends before it starts. */
export function resolveWindow(request: MaterializeWindow, facts: WindowFacts): ResolvedWindow {
  assertForward(request, facts.now);
  switch (request.kind) {
    case "everything":
      return full(facts.now, "everything");
    case "range":
      return resolveRange(request.start, earlier(request.end, facts.now), facts.state);
    case "incremental":
      return resolveIncremental(request.end === null ? facts.now : earlier(request.end, facts.now), facts);
  }
}

function full(end: Micros, note: string): ResolvedWindow {
  return { window: { kind: "everything", end }, note, isFull: true, movesWatermark: true };
}

/** Refuses, before anything is queued, a window that ends before it starts. Throws invalid_argument. */
export function assertForward(request: MaterializeWindow, now: Micros): void {
  if (request.kind !== "range") return;
  const end = earlier(request.end, now);
  if (request.start <= end) return;
  throw new LarderError("invalid_argument", `The window ends (${formatTimestamp(end)}) before it starts (${formatTimestamp(request.start)}).`, {
    hint: "Give a start before the end; an end after now counts as now.",
  });
}

function resolveRange(start: Micros, end: Micros, state: OnlineState | null): ResolvedWindow {
  const watermark = state?.eventWatermark ?? null;
  const note = `${formatTimestamp(start)} to ${formatTimestamp(end)}, both included`;
  return { window: { kind: "range", start, end }, note, isFull: false, movesWatermark: watermark !== null && start <= watermark };
}

function resolveIncremental(end: Micros, facts: WindowFacts): ResolvedWindow {
  const { state } = facts;
  if (state?.eventWatermark == null) return full(end, "everything, because this version was never materialized here in full");
  if (state.epoch !== facts.epoch) return full(end, "everything, because the online store is new or was flushed");
  const lookback = BigInt(LOOKBACK_SECONDS) * 1_000_000n;
  const again = rereadReason(facts);
  const eventAfter = again === null ? state.eventWatermark : state.eventWatermark - lookback;
  const createdAfter = facts.hasCreatedTime && state.createdWatermark !== null ? state.createdWatermark - lookback : null;
  const since = again === null ? "" : `, and ${formatDuration(LOOKBACK_SECONDS)} before it again because ${again}`;
  const late = createdAfter === null ? "" : `; also rows created since ${formatTimestamp(createdAfter)}`;
  return {
    window: { kind: "incremental", eventAfter, end, createdAfter, createdUntil: facts.now },
    note: `event times after ${formatTimestamp(state.eventWatermark)}${since}${late}`,
    isFull: false,
    movesWatermark: true,
  };
}

/** Why rows behind the watermark may have come without a created time that shows it; null when they cannot have. */
function rereadReason({ state, fingerprint, hasCreatedTime }: WindowFacts): string | null {
  if (!hasCreatedTime) return "the source has no created time";
  const before = (state?.sourceFingerprint ?? {}) as SourceFingerprint;
  const changed = Object.entries(before).find(([file, was]) => {
    const is = fingerprint[file];
    return is !== undefined && (is.size !== was.size || is.modifiedMs !== was.modifiedMs);
  });
  return changed ? `${fileName(changed[0])} has changed` : null;
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function earlier(a: Micros, b: Micros): Micros {
  return a < b ? a : b;
}
