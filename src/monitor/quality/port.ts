import type { Micros, Page, PageRequest } from "../../kit/index.ts";
import type { DayFigures } from "../../offline/index.ts";

/*
 * Words. A *window* is one day (UTC) of a view's event times, judged once it is over. A *finding* is what is wrong with it: against what the
 * team expects of the values, or against the windows before it.
 */

export type QualityState = "good" | "bad" | "insufficient data";

export type QualityKind = "out of range" | "nulls" | "new categories" | "duplicates" | "row count";

export interface QualityFinding {
  readonly kind: QualityKind;
  /** null: it is about the rows as a whole. */
  readonly feature: string | null;
  /** In words, without a full stop: "rate: 31 of 1440 rows are null, usual are at most 2 %". */
  readonly text: string;
  /** It breaks an expectation that keeps a run from writing. */
  readonly isBlocking: boolean;
}

/** A window with its verdict. */
export interface JudgedDay extends DayFigures {
  /** insufficient data: nothing is wrong as far as can be told, but there are too few windows before it to tell more. */
  readonly state: QualityState;
  readonly findings: readonly QualityFinding[];
  /** How many rows such a day usually has; null: not known yet. */
  readonly usualRows: { readonly low: number; readonly high: number } | null;
}

/** The last look at a view's windows. */
export interface QualityLook {
  readonly view: string;
  readonly measuredAt: Micros;
  /** What the figures depend on besides the rows: version, expectations. Another one: all windows are measured anew. */
  readonly measuredOf: string;
  /** Why it could not look; null: it could. */
  readonly error: string | null;
  /** The newest window; null: there is none yet. */
  readonly newest: Pick<JudgedDay, "day" | "rows" | "state" | "findings"> | null;
}

export interface QualityListing extends PageRequest {
  readonly project: string;
  /** Part of a view's name, in any case; empty: all. */
  readonly text: string;
}

/** A window without its figures by feature. */
export type DayVerdict = Omit<JudgedDay, "features"> & { readonly view: string };

export interface QualityStore {
  /** Of these views, or of all; by name. */
  looks(project: string, views: readonly string[] | null): Promise<readonly QualityLook[]>;
  /** One page of them: bad windows first. */
  listLooks(listing: QualityListing): Promise<Page<QualityLook>>;
  /** The verdicts on the windows of views that begin at or after `from`, in order. */
  verdicts(project: string, views: readonly string[], from: Micros): Promise<readonly DayVerdict[]>;
  /** The same with all figures. */
  windows(project: string, views: readonly string[], from: Micros): Promise<readonly (JudgedDay & { readonly view: string })[]>;
  /** Keeps a look and its windows, which replace those of the same days; `anew`: all others go. */
  save(project: string, look: QualityLook, windows: readonly JudgedDay[], options: { readonly anew: boolean }): Promise<void>;
  /** Forgets windows from before this time, and all of views that are gone. */
  forget(before: Micros): Promise<void>;
}
