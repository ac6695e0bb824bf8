import type { FeatureValue, ViewVersion } from "../../domain/index.ts";
import type { Micros } from "../../kit/index.ts";

/*
 * Words. A *sample* is what serving answered for one entity key of one view: kept for judging drift on served values, and for comparing
 * with the history. A row that was drawn but not kept is *dropped*, with a reason:
 *   rate_cap      the view had its rows per second already
 *   full          as many rows, or bytes, were waiting as may
 *   busy          the process was late with other work, so that storing would have held it up more
 *   unreadable    the bytes were no row of this release
 *   store_failed  the database did not take them
 */
export const DROP_REASONS = ["rate_cap", "full", "busy", "unreadable", "store_failed"] as const;
export type DropReason = (typeof DROP_REASONS)[number];

/** Rows of one view that one request was answered with, as they lie in memory. */
export interface ServedRows {
  readonly project: string;
  readonly view: ViewVersion;
  /** Those that were asked for. */
  readonly features: readonly string[];
  /** One per row, packed. */
  readonly keys: readonly Uint8Array[];
  readonly rows: readonly (Uint8Array | null)[];
  /** Whether the row of this place is older than its ttl. */
  isExpired(index: number): boolean;
  readonly servedAt: Micros;
}

/** Looks at what was served, on the request's path: it must be quick, keep no reference to what it is given, and not throw. */
export interface ServedSampler {
  look(served: ServedRows): void;
}

export const noSampler: ServedSampler = { look() {} };

export type ServedStatus = "PRESENT" | "OUTSIDE_MAX_AGE" | "NOT_FOUND";

export interface ServedSample {
  readonly project: string;
  readonly view: ViewVersion;
  /** The key's values, in the order of the view's join keys. */
  readonly key: readonly FeatureValue[];
  readonly servedAt: Micros;
  readonly status: ServedStatus;
  readonly event: Micros | null;
  readonly created: Micros | null;
  readonly features: readonly string[];
  /** In the order of `features`; null where none were served. */
  readonly values: readonly FeatureValue[] | null;
}

export interface SamplingRate {
  /** Share of the served rows, 0 to 1; 0: none. */
  readonly rate: number;
  /** Of each serving process. */
  readonly rowsPerSecondMax: number;
}

/** Each view that has no setting of its own. */
export const SAMPLING_DEFAULT: SamplingRate = { rate: 0.01, rowsPerSecondMax: 1 };

export interface ViewSampling extends SamplingRate {
  readonly project: string;
  readonly view: string;
}

/** Where samples go, and where it stands how many are wanted. */
export interface SampleStore {
  /** All settings of all projects. */
  rates(): Promise<readonly ViewSampling[]>;
  /** Keeps the samples; those of a project that is gone are left out. */
  add(samples: readonly ServedSample[]): Promise<void>;
}

/** Told what became of rows that were drawn, for metrics. */
export interface SamplingObserver {
  sampled(rows: number): void;
  stored(rows: number): void;
  dropped(reason: DropReason, rows: number): void;
}
