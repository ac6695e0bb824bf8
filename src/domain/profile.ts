/*
 * Words. *Bins* are frozen on a baseline and never redrawn. A *profile* is what a feature looks like over a window, in those bins. Profiles
 * over the same bins merge. NaN counts as null; infinities fall into the outer bins and out of the moments.
 */

/** What of a feature is profiled: its value, the length of a list or of bytes, or only whether it is there (timestamps). */
export type ProfileMeasure = "value" | "length" | "presence";

export interface NumericBins {
  readonly kind: "numeric";
  /** Inner edges, ascending: the bins are (−∞, e0], (e0, e1], …, (e_last, ∞). */
  readonly edges: readonly number[];
}

export interface CategoricalBins {
  readonly kind: "categorical";
  /** The categories with a bin of their own, by code point; the bins OTHER and NEW follow them. */
  readonly categories: readonly string[];
  /** Further categories of the baseline, which share the bin OTHER. */
  readonly others: readonly string[];
  /** False: the baseline had more categories than `others` holds, so what is unknown counts as OTHER, never as NEW. */
  readonly knowsAll: boolean;
}

export type Bins = NumericBins | CategoricalBins;

/** Of the finite values. */
export interface Moments {
  readonly count: number;
  readonly mean: number;
  /** Sum of squared deviations from the mean: the population's sd is √(squares / count). At most the largest double. */
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

/**
 * Some rows of a window, chosen by a number that belongs to the row: the rows with the smallest priorities, so that samples merge.
 * The arrays are as long as each other; all features of a view may share `priorities`.
 */
export interface ProfileSample {
  /** NaN stands for null. */
  readonly values: Float64Array;
  /** Whole numbers in [0, 2^53), in no order. */
  readonly priorities: Float64Array;
}

export interface Profile {
  readonly bins: Bins;
  /** Nulls included. */
  readonly rows: number;
  readonly nulls: number;
  /** Per bin; of categorical bins OTHER and NEW stand last. */
  readonly counts: readonly number[];
  /** Null of categories, and where no value is finite. */
  readonly moments: Moments | null;
  /** Null of categories. */
  readonly sample: ProfileSample | null;
}

/** Rows that a sample holds at most; a window with no more is held whole. */
export const PROFILE_SAMPLE_ROWS = 10_000;

/** Categories with a bin of their own. */
export const CATEGORIES_MAX = 200;

/** Categories remembered as OTHER. */
export const OTHERS_MAX = 10_000;
