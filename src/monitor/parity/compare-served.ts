import { compareRowTimes, isExpired, type ViewVersion } from "../../domain/index.ts";
import type { NewestRow, RowsAsOf } from "../../offline/index.ts";
import { type LoadedWindow, wasLoaded } from "./loaded-windows.ts";
import type { ParityFound, ParityResult, ServedVector } from "./port.ts";
import { isSameValue } from "./same-value.ts";

export interface ComparedBy {
  readonly version: Pick<ViewVersion, "features" | "source">;
  /** What materializes of this version had loaded. */
  readonly windows: readonly LoadedWindow[];
}

/** Holds a served row against history as of its instant; see port.ts for what can be found. */
export function compareServed(served: ServedVector, history: RowsAsOf, by: ComparedBy): ParityResult {
  const known = withinTtl(served, history.known);
  const newest = withinTtl(served, history.newest);
  const differing = differences(served, known, by);
  const result = (found: ParityFound): ParityResult => ({ found, differing, history: known });
  if (served.event !== null && served.event > served.servedAt) return result("future_skew");
  if (differing.length === 0) {
    if (differences(served, newest, by).length > 0) return { found: "arrived_later", differing: differences(served, newest, by), history: newest };
    if (known !== null) return result("match");
    return result(served.status === "NOT_FOUND" ? "absent" : "expired");
  }
  // What is known by its created time and what was there may differ where a source's created times lie ahead of its rows.
  const nowDiffering = differences(served, newest, by);
  if (nowDiffering.length === 0) return { found: "match", differing: [], history: newest };
  // The batch source got the row that was pushed, after it was served: with other values.
  if (isPushed(by) && newest !== null && newest.event === served.event && newest.event !== known?.event) {
    return { found: "mismatch", differing: nowDiffering, history: newest };
  }
  return result(explain(served, known, by));
}

/** Why values differ. */
function explain(served: ServedVector, known: NewestRow | null, by: ComparedBy): ParityFound {
  if (known !== null && isNewer(known, served)) {
    if (!wasLoaded(known, served.servedAt, by.windows)) return "not_yet_online";
    return known.created === null ? "cannot_tell" : "mismatch";
  }
  const isAhead = served.event !== null && (known === null || compareRowTimes({ event: served.event, created: served.created }, known) > 0);
  if (isPushed(by) && isAhead) return "not_in_history";
  return served.created !== null && served.created > served.servedAt ? "cannot_tell" : "mismatch";
}

function isPushed({ version: { source } }: ComparedBy): boolean {
  return source.type === "push" || source.type === "kafka";
}

function withinTtl({ ttlSeconds, servedAt }: ServedVector, row: NewestRow | null): NewestRow | null {
  return row === null || isExpired(row.event, ttlSeconds, servedAt) ? null : row;
}

function isNewer(row: NewestRow, { event, created }: ServedVector): boolean {
  return event === null || compareRowTimes(row, { event, created }) > 0;
}

/** Features whose values differ; all of them where one side has a row and the other none. */
function differences({ features, values }: ServedVector, row: NewestRow | null, { version }: ComparedBy): readonly string[] {
  if (values === null || row === null) return values === null && row === null ? [] : features;
  const places = new Map(version.features.map(({ name }, index) => [name, index]));
  return features.filter((name, index) => !isSameValue(values[index] ?? null, row.values[places.get(name) ?? -1] ?? null));
}
