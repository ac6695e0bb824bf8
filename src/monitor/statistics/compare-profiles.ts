import type { Bins, Profile } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import { type BinName, binNamer } from "./bin-names.ts";
import { type EcdfDistance, ecdfDistance } from "./ecdf-distance.ts";
import { deviationOf } from "./moments.ts";
import { isWhole } from "./profile-values.ts";
import { type CountScores, scoreCounts, type TableTest, testTable } from "./scores.ts";

/** One bin of both windows; NULL, OTHER and NEW are bins too. */
export interface ComparedBin extends BinName {
  /** Bounds of a bin of numbers, (low, high]; null: none on this side, or no bin of numbers. */
  readonly low: number | null;
  readonly high: number | null;
  readonly baseline: number;
  readonly current: number;
  /** What the bin adds to the PSI. */
  readonly psi: number;
}

/** Where the scores of single values come from: all rows of both windows, or samples of them (`rows` of the smaller one). */
export type ValueBasis = { readonly kind: "all rows" } | { readonly kind: "sample"; readonly rows: number };

export interface NumericScores {
  readonly ks: number | null;
  readonly ksP: number | null;
  readonly wasserstein: number | null;
  /** In standard deviations of the baseline, as is the shift; null where the baseline has none. */
  readonly wassersteinSd: number | null;
  readonly meanShiftSd: number | null;
  readonly basis: ValueBasis;
}

export interface Comparison extends Omit<CountScores, "psiParts"> {
  readonly kind: Bins["kind"];
  readonly bins: readonly ComparedBin[];
  /** Rows of either window, nulls included. */
  readonly baselineRows: number;
  readonly currentRows: number;
  readonly baselineNullRate: number | null;
  readonly currentNullRate: number | null;
  /** Of numbers. */
  readonly numeric: NumericScores | null;
  /** Of categories. */
  readonly table: TableTest | null;
}

/**
 * Scores a window against its baseline, over the baseline's bins. `distance` are the scores of a scan of all rows; without it they come
 * from the profiles' samples. Throws invalid_argument for profiles over different bins.
 */
export function compareProfiles(baseline: Profile, current: Profile, distance?: EcdfDistance | null): Comparison {
  if (baseline.counts.length !== current.counts.length || baseline.bins.kind !== current.bins.kind)
    throw new LarderError("invalid_argument", "Profiles over different bins cannot be compared.", {
      hint: "Profile the window over the bins of its baseline.",
    });
  const { kind } = baseline.bins;
  const bins = pairBins(baseline, current);
  const counts = { baseline: bins.map((bin) => bin.baseline), current: bins.map((bin) => bin.current) };
  const { psiParts, ...scores } = scoreCounts(counts.baseline, counts.current);
  return {
    kind,
    bins: bins.map((bin, index) => ({ ...bin, psi: psiParts[index] ?? 0 })),
    baselineRows: baseline.rows,
    currentRows: current.rows,
    baselineNullRate: nullRate(baseline),
    currentNullRate: nullRate(current),
    ...scores,
    numeric: kind === "numeric" ? scoreNumbers(baseline, current, distance) : null,
    table: kind === "categorical" ? testTable(counts.baseline, counts.current) : null,
  };
}

function scoreNumbers(baseline: Profile, current: Profile, scanned: EcdfDistance | null | undefined): NumericScores {
  const isComplete = scanned !== undefined || (isWhole(baseline) && isWhole(current));
  const distance = scanned === undefined ? ecdfDistance(valuesOf(baseline), valuesOf(current)) : scanned;
  const sd = baseline.moments === null ? 0 : deviationOf(baseline.moments);
  const wasserstein = distance?.wasserstein ?? null;
  const shift = baseline.moments === null || current.moments === null ? null : current.moments.mean - baseline.moments.mean;
  return {
    ks: distance?.ks ?? null,
    ksP: distance?.ksP ?? null,
    wasserstein,
    wassersteinSd: inDeviations(wasserstein, sd),
    meanShiftSd: inDeviations(shift, sd),
    basis: isComplete ? { kind: "all rows" } : { kind: "sample", rows: Math.min(sampleRows(baseline), sampleRows(current)) },
  };
}

function inDeviations(distance: number | null, sd: number): number | null {
  const scaled = distance === null || sd === 0 ? Number.NaN : distance / sd;
  return Number.isFinite(scaled) ? scaled : null;
}

function sampleRows({ sample }: Profile): number {
  return sample?.values.length ?? 0;
}

function valuesOf({ sample }: Profile): Float64Array {
  return (sample?.values ?? new Float64Array()).filter((value) => !Number.isNaN(value)).sort();
}

function nullRate({ rows, nulls }: Profile): number | null {
  return rows === 0 ? null : nulls / rows;
}

/** Bins side by side; NULL only where either side has some, categories only where either side has some. */
function pairBins(baseline: Profile, current: Profile): readonly Omit<ComparedBin, "psi">[] {
  const shapes = shapesOf(baseline.bins);
  const pairs = shapes.map((shape, bin) => ({ ...shape, baseline: baseline.counts[bin] ?? 0, current: current.counts[bin] ?? 0 }));
  const kept = baseline.bins.kind === "numeric" ? pairs : pairs.filter((bin) => bin.baseline + bin.current > 0);
  const nulls = { ...binNamer(baseline.bins)(null), low: null, high: null, baseline: baseline.nulls, current: current.nulls };
  return nulls.baseline + nulls.current > 0 ? [...kept, nulls] : kept;
}

function shapesOf(bins: Bins): readonly Pick<ComparedBin, "label" | "of" | "low" | "high">[] {
  const nameOf = binNamer(bins);
  if (bins.kind === "categorical") return [...bins.categories, "other", "new"].map((_, bin) => ({ ...nameOf(bin), low: null, high: null }));
  return [...bins.edges, null].map((high, bin) => ({ ...nameOf(bin), low: bins.edges[bin - 1] ?? null, high }));
}
