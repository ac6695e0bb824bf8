import { formatDuration, formatTimestamp, type Micros } from "../../kit/index.ts";
import type { Timeliness } from "../incidents/incident-state.ts";
import { onlineLookSeconds, sourceLookSeconds } from "./look-interval.ts";

/*
 * How timely a view is, told from stored times and now alone, so that a page is right even where no worker lives. The *age* of a view
 * counts from its newest event time, the *run age* from the end of its last good run; both are judged against the *objective*: the
 * view's own, else twice its *cadence*. A view with a schedule keeps that cadence, online; one without is judged by its source's rhythm.
 * What comes there between two looks is seen at the second: a view is late when that was seen, or when nobody looks any more.
 */

export interface FreshnessFacts {
  readonly view: string;
  readonly owner: string | null;
  readonly team: string | null;
  /** Feature services that read the view: who is hit. */
  readonly services: readonly string[];
  /** When its definition changed last. */
  readonly definedAt: Micros;
  /** The longest wait between two ticks of its schedule; null: no schedule that could run. */
  readonly cadenceSeconds: number | null;
  readonly pausedAt: Micros | null;
  readonly ownObjectiveSeconds: number | null;
  /** Newest event time that was materialized into the online store. */
  readonly watermark: Micros | null;
  readonly lastGoodRunAt: Micros | null;
  /** The last run that ended, when it failed after the last good one. */
  readonly failure: { readonly at: Micros; readonly message: string } | null;
  readonly isRunning: boolean;
  readonly source: SourceFacts | null;
  /** Newest event time seen online, pushed rows included. */
  readonly newestOnline: Micros | null;
  /** When the online rows were looked at last; null: never. */
  readonly onlineMeasuredAt: Micros | null;
}

interface SourceFacts {
  readonly name: string;
  readonly newestEvent: Micros | null;
  readonly usualAgeSeconds: number | null;
  readonly error: string | null;
  /** Null: nobody looked yet. */
  readonly measuredAt: Micros | null;
}

export type FreshnessCause =
  | "schedule_paused"
  | "worker_down"
  | "run_failed"
  | "run_waiting"
  | "source_silent"
  | "source_unreadable"
  | "not_measured"
  | "clock_skew"
  | "never_ran"
  | "no_rhythm";

export interface Freshness {
  readonly state: Timeliness;
  /** Why it is not on time; null when it is. */
  readonly cause: FreshnessCause | null;
  readonly causeText: string;
  readonly newestEvent: Micros | null;
  readonly ageSeconds: number | null;
  readonly runAgeSeconds: number | null;
  readonly objectiveSeconds: number | null;
  /** Where the objective comes from. */
  readonly basis: "view" | "schedule" | "source" | null;
  /** What the view is refreshed in; an incident closes after one of these on time. */
  readonly intervalSeconds: number | null;
  /** Since when it is late; null: it is not. */
  readonly lateSince: Micros | null;
}

export interface FreshnessMoment {
  readonly now: Micros;
  /** The last sign of life of any worker; null: there never was one. */
  readonly workerSeenAt: Micros | null;
}

const AT_RISK_SHARE = 0.8;
const SKEW_MICROS = 300_000_000n;
const WORKER_SILENT_SECONDS = 60;

export function judgeFreshness(facts: FreshnessFacts, moment: FreshnessMoment): Freshness {
  const { now } = moment;
  const isScheduled = facts.cadenceSeconds !== null;
  const interval = isScheduled ? facts.cadenceSeconds : (facts.source?.usualAgeSeconds ?? null);
  const objective = facts.ownObjectiveSeconds ?? (interval === null ? null : interval * 2);
  const basis = facts.ownObjectiveSeconds !== null ? "view" : interval === null ? null : isScheduled ? "schedule" : "source";
  const newestEvent = isScheduled ? facts.watermark : later(facts.source?.newestEvent ?? null, facts.newestOnline);
  const ranAt = isScheduled ? facts.lastGoodRunAt : null;
  const known = {
    newestEvent,
    ageSeconds: secondsSince(newestEvent, now),
    runAgeSeconds: secondsSince(ranAt, now),
    objectiveSeconds: objective,
    basis,
    intervalSeconds: interval ?? objective,
  } as const;
  const unknown = (cause: FreshnessCause, causeText: string): Freshness => ({ ...known, state: "unknown", cause, causeText, lateSince: null });

  const ahead = [newestEvent, facts.lastGoodRunAt, moment.workerSeenAt].find((time) => time != null && time > now + SKEW_MICROS);
  if (ahead != null)
    return unknown(
      "clock_skew",
      `A time of this view lies ahead of the clock: ${formatTimestamp(ahead)}. Compare the clocks of source, worker and this process.`,
    );
  if (!isScheduled && isUnseen(facts)) return unknown("not_measured", "Nobody has looked at its rows yet.");
  if (objective === null) return noObjective(facts, unknown);
  // What never came is counted from when it was first asked for.
  const since = isScheduled ? earliest(newestEvent ?? facts.definedAt, ranAt ?? facts.definedAt) : newestEvent;
  if (since === null) return unknown(facts.source?.error ? "source_unreadable" : "source_silent", sourceText(facts));
  const worst = Number(now - since) / 1e6;
  if (worst <= objective * AT_RISK_SHARE) {
    const waits = isScheduled && facts.lastGoodRunAt === null;
    return waits ? unknown("never_ran", "It waits for its first run.") : { ...known, state: "on time", cause: null, causeText: "", lateSince: null };
  }
  const isLate = worst - unseenSeconds(facts, now) > objective;
  const [cause, causeText] = causeOf(facts, moment, { isScheduled, objective });
  return { ...known, state: isLate ? "late" : "at risk", cause, causeText, lateSince: isLate ? since + toMicros(objective) : null };
}

/** Rows of before the first look may be as new as can be. */
function isUnseen({ source, onlineMeasuredAt, ownObjectiveSeconds }: FreshnessFacts): boolean {
  if (source !== null) return source.measuredAt === null && source.error === null;
  return onlineMeasuredAt === null && ownObjectiveSeconds !== null;
}

/** The time since the last look, in which rows may have come: as long as two looks may lie apart, then nobody looks. */
function unseenSeconds({ source, onlineMeasuredAt, ownObjectiveSeconds, cadenceSeconds }: FreshnessFacts, now: Micros): number {
  if (cadenceSeconds !== null) return 0; // watermarks are noted when they move
  const since = (measuredAt: Micros | null, everySeconds: number) => Math.max(0, Math.min(secondsSince(measuredAt, now) ?? 0, 2 * everySeconds));
  const ofSource = since(source?.measuredAt ?? null, sourceLookSeconds(source?.usualAgeSeconds ?? null));
  return Math.max(ofSource, since(onlineMeasuredAt, onlineLookSeconds(ownObjectiveSeconds)));
}

function noObjective(facts: FreshnessFacts, unknown: (cause: FreshnessCause, text: string) => Freshness): Freshness {
  if (facts.source?.error) return unknown("source_unreadable", sourceText(facts));
  if (facts.source === null)
    return unknown("no_rhythm", "It has neither a schedule nor a batch source whose rhythm could be told; give it a freshness objective.");
  return unknown("no_rhythm", `The rows of ${facts.source.name} are too few to tell how often new ones come; give the view a freshness objective.`);
}

/** The first that explains it, from the switch that a person turned to the silence of the source. */
function causeOf(
  facts: FreshnessFacts,
  { now, workerSeenAt }: FreshnessMoment,
  { isScheduled, objective }: { readonly isScheduled: boolean; readonly objective: number },
): readonly [FreshnessCause, string] {
  if (!isScheduled) return [facts.source?.error ? "source_unreadable" : "source_silent", sourceText(facts)];
  const runAge = secondsSince(facts.lastGoodRunAt, now);
  const runsInTime = runAge !== null && runAge <= objective;
  if (facts.pausedAt !== null) return ["schedule_paused", `Its schedule is paused since ${formatTimestamp(facts.pausedAt)}.`];
  if (facts.failure !== null) return ["run_failed", `Its last run failed: ${facts.failure.message}`];
  if (runsInTime) return ["source_silent", sourceText(facts)];
  const silent = secondsSince(workerSeenAt, now);
  if (silent === null) return ["worker_down", "No worker was ever seen."];
  if (silent > WORKER_SILENT_SECONDS) return ["worker_down", `No worker gives a sign of life; the last one came ${formatTimestamp(workerSeenAt ?? now)}.`];
  return ["run_waiting", facts.isRunning ? "A run is under way, or waits for its turn." : "No run has ended in time."];
}

function sourceText({ source, watermark, newestOnline, onlineMeasuredAt, cadenceSeconds }: FreshnessFacts): string {
  if (source?.error) return `Its source ${source.name} cannot be read: ${source.error}`;
  const newest = cadenceSeconds !== null ? watermark : later(source?.newestEvent ?? null, newestOnline);
  const name = source === null ? "Its source" : `Source ${source.name}`;
  if (newest === null) return `${name} has no rows.`;
  const lookedAt = cadenceSeconds !== null ? null : (source?.measuredAt ?? onlineMeasuredAt);
  return `${name} has no row newer than ${formatTimestamp(newest)}${lookedAt === null ? "" : `, as of ${formatTimestamp(lookedAt)}`}.`;
}

/** "3h" for whole units, else rounded to the minute. */
export function objectiveText(seconds: number): string {
  return formatDuration(seconds < 60 ? Math.round(seconds) : Math.round(seconds / 60) * 60);
}

function secondsSince(time: Micros | null, now: Micros): number | null {
  return time === null ? null : Number(now - time) / 1e6;
}

function toMicros(seconds: number): Micros {
  return BigInt(Math.round(seconds * 1e6));
}

function later(a: Micros | null, b: Micros | null): Micros | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

function earliest(a: Micros, b: Micros): Micros {
  return a < b ? a : b;
}
