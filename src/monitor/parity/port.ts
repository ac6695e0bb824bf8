import type { FeatureValue } from "../../domain/index.ts";
import type { Micros, Page, PageRequest } from "../../kit/index.ts";
import type { NewestRow } from "../../offline/index.ts";
import type { ServedStatus } from "../../serve/index.ts";

/*
 * Words. *Parity* is online and offline giving the same answer. A served row is compared with what history answers for its key at the
 * instant it was served (the point-in-time rule, the ttl of that instant). What is *found*:
 *   match           the same values and statuses
 *   mismatch        other values, and nothing explains it
 *   absent          neither has a row for the key
 *   expired         the row was beyond its ttl, and history has none within it
 *   arrived_later   served what was known then; rows that came later change history's answer for that instant
 *   not_yet_online  history has a newer row, which no materialize had loaded by then
 *   future_skew     the served row's event time lay ahead of the instant, which the allowed skew permits and history leaves out
 *   not_in_history  pushed, and the view's batch source does not have it, nor half a day later
 *   cannot_tell     history has a newer row, but no created time says whether it was there when the view was loaded
 *   no_history      the view has no batch source, or its version is gone
 * Only match and mismatch were *compared*: the mismatch rate is mismatches among these. What is not in the history at the first look is
 * *postponed*: batch sources often get what was pushed hours later.
 */
export type ParityFound =
  | "match"
  | "mismatch"
  | "absent"
  | "expired"
  | "arrived_later"
  | "not_yet_online"
  | "future_skew"
  | "not_in_history"
  | "cannot_tell"
  | "no_history";

/** A sample as it is stored: keys and values as JSON text. */
export interface StoredSample {
  readonly id: bigint;
  readonly view: string;
  readonly versionId: string;
  readonly key: string;
  readonly servedAt: Micros;
  readonly status: ServedStatus;
  readonly event: Micros | null;
  readonly created: Micros | null;
  readonly ttlSeconds: number | null;
  readonly features: readonly string[];
  readonly values: string | null;
}

/** The same with its values. */
export interface ServedVector extends Omit<StoredSample, "key" | "values"> {
  readonly key: readonly FeatureValue[];
  /** In the order of `features`; null where none were served. */
  readonly values: readonly FeatureValue[] | null;
}

export interface ParityResult {
  readonly found: ParityFound;
  /** Features whose values or statuses differ from history's, where they do. */
  readonly differing: readonly string[];
  /** The row that history answers with. */
  readonly history: NewestRow | null;
}

/** What is kept of a comparison. */
export interface ParityRecord extends Pick<ParityResult, "found" | "differing"> {
  readonly id: bigint;
  readonly features: readonly string[];
  /** History's row in the JSON form, in the order of `features`. */
  readonly history: { readonly event: Micros; readonly created: Micros | null; readonly values: readonly unknown[] } | null;
}

export interface ParityCount {
  readonly view: string;
  /** "": the row as a whole. */
  readonly feature: string;
  /** Begin of the day, UTC. */
  readonly day: Date;
  readonly found: ParityFound;
  readonly samples: number;
}

/** A served row that was not simply the same, with both answers in the JSON form. */
export interface ParityExample {
  readonly id: bigint;
  readonly found: ParityFound;
  readonly key: readonly unknown[];
  readonly versionId: string;
  readonly servedAt: Micros;
  readonly status: ServedStatus;
  readonly event: Micros | null;
  readonly features: readonly string[];
  readonly values: readonly unknown[] | null;
  readonly differing: readonly string[];
  readonly history: ParityRecord["history"];
}

/** The newest comparisons of one view. */
export interface RecentParity {
  readonly view: string;
  readonly compared: number;
  readonly mismatches: number;
  /** Mismatches by feature. */
  readonly byFeature: Readonly<Record<string, number>>;
}

export interface ParityCountsQuery {
  readonly project: string;
  /** Begin of the first day, UTC. */
  readonly from: Date;
  /** Null: all. */
  readonly view: string | null;
  /** Whole rows alone, or features, too. */
  readonly of: "rows" | "rows_and_features";
}

export interface ParityOverviewQuery extends PageRequest {
  readonly project: string;
  readonly from: Date;
  /** Part of a view's name. */
  readonly text: string;
}

export interface ParityOverviewRow {
  readonly view: string;
  readonly owner: string | null;
  readonly team: string | null;
  /** Null: nobody set it, the default holds. */
  readonly rate: number | null;
  readonly rowsPerSecondMax: number | null;
  readonly found: Readonly<Partial<Record<ParityFound, number>>>;
}

export interface WaitingQuery {
  readonly project: string;
  readonly view: string;
  readonly servedBefore: Micros;
  /** Postponed ones that were served before are looked at again. */
  readonly againBefore: Micros;
  readonly limit: number;
}

export interface ParityStore {
  /** Views with samples that `waiting` would give. */
  waitingViews(query: Omit<WaitingQuery, "view" | "limit">): Promise<readonly string[]>;
  /** Samples of a view that were served before and not compared yet: the oldest, up to `limit`, postponed ones last. */
  waiting(query: WaitingQuery): Promise<readonly StoredSample[]>;
  /** How many samples of each view wait for their first look. */
  waitingCounts(project: string): Promise<ReadonlyMap<string, number>>;
  /** They get a second look; no change for those that had one. */
  postpone(project: string, ids: readonly bigint[]): Promise<void>;
  /** Notes what was found and counts it, once; a sample that has its note already stays as it is. */
  save(project: string, records: readonly ParityRecord[]): Promise<void>;
  counts(query: ParityCountsQuery): Promise<readonly ParityCount[]>;
  /** The newest ones of these findings. */
  examples(query: {
    readonly project: string;
    readonly view: string;
    readonly found: readonly ParityFound[];
    readonly limit: number;
  }): Promise<readonly ParityExample[]>;
  /** Of each view the newest compared samples that were served since, PARITY_SAMPLES_MAX at most; null: of all views. */
  recent(project: string, since: Micros, views: readonly string[] | null): Promise<readonly RecentParity[]>;
  /** Views that are served, with their setting and what was found of whole rows since a day. */
  overview(query: ParityOverviewQuery): Promise<Page<ParityOverviewRow>>;
}
