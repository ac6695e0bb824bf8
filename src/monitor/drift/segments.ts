import type { Bins, Profile } from "../../domain/index.ts";
import type { BinnedColumn, SegmentProfile } from "../../offline/index.ts";
import { type BinName, binNamer } from "../statistics/bin-names.ts";

/*
 * Which part of the rows a shift comes from. The PSI of the whole is Σ (q − p) · ln(q / p) over the bins; the difference q − p of a bin is
 * the sum of what each segment adds to it, so every segment has its share, and the shares sum to 1. Counts are smoothed in the
 * logarithm alone: half a row belongs to no segment.
 */

export interface Segment extends BinName {
  readonly baselineRows: number;
  readonly currentRows: number;
  /** Of all rows of the window. */
  readonly baselineShare: number;
  readonly currentShare: number;
  readonly baselineMean: number | null;
  readonly currentMean: number | null;
  /** What it adds to the PSI, as a share of the whole; below zero: it works against the shift. */
  readonly shareOfPsi: number;
}

export interface DividedShift {
  readonly by: string;
  /** The one with the greatest share first. */
  readonly segments: readonly Segment[];
  /** The part whose share of the PSI lies furthest beyond its share of rows: neighbouring bins of a number, a category, rows without a value. */
  readonly strongest: StrongestPart | null;
}

export interface StrongestPart extends BinName {
  readonly shareOfPsi: number;
  readonly currentShare: number;
  /** Share of the PSI less share of the rows: 0, the part shifts as all do; near 1, a small part alone does. */
  readonly excess: number;
}

type Sides = { readonly baseline: readonly SegmentProfile[]; readonly current: readonly SegmentProfile[] };

export function divideShift({ name: by, bins }: BinnedColumn, { baseline, current }: Sides): DividedShift {
  const [n, m] = [totalRows(baseline), totalRows(current)];
  const [before, after] = [totalCounts(baseline), totalCounts(current)];
  const weights = logRatios(before, after);
  const psi = weights.reduce((sum, weight, at) => sum + ((after[at] ?? 0) / Math.max(1, m) - (before[at] ?? 0) / Math.max(1, n)) * weight, 0);
  const nameOf = binNamer(bins);
  const parts = [...new Set([...baseline, ...current].map(({ bin }) => bin))];
  const segments = parts.map((bin): Segment => {
    const [old, now] = [baseline.find((part) => part.bin === bin)?.profile, current.find((part) => part.bin === bin)?.profile];
    const [oldCounts, nowCounts] = [countsWithNulls(old), countsWithNulls(now)];
    const added = weights.reduce((sum, weight, at) => sum + ((nowCounts[at] ?? 0) / Math.max(1, m) - (oldCounts[at] ?? 0) / Math.max(1, n)) * weight, 0);
    return {
      ...nameOf(bin),
      baselineRows: old?.rows ?? 0,
      currentRows: now?.rows ?? 0,
      baselineShare: n === 0 ? 0 : (old?.rows ?? 0) / n,
      currentShare: m === 0 ? 0 : (now?.rows ?? 0) / m,
      baselineMean: old?.moments?.mean ?? null,
      currentMean: now?.moments?.mean ?? null,
      shareOfPsi: psi === 0 ? 0 : added / psi,
    };
  });
  const strongest = strongestOf(bins, parts, segments);
  segments.sort((a, b) => b.shareOfPsi - a.shareOfPsi);
  return { by, segments, strongest };
}

/** Over every run of neighbouring bins of a number, over single categories, and over the rows without a value: a join that went missing. */
function strongestOf(bins: Bins, parts: readonly (number | null)[], segments: readonly Segment[]): StrongestPart | null {
  const nameOf = binNamer(bins);
  let best: StrongestPart | null = null;
  const places = parts.map((bin, place) => ({ bin, place })).sort((a, b) => (a.bin ?? -1) - (b.bin ?? -1));
  for (const [from, { bin: first }] of places.entries()) {
    const isAlone = first === null || bins.kind === "categorical";
    let [shareOfPsi, currentShare] = [0, 0];
    for (const { bin: last, place } of isAlone ? places.slice(from, from + 1) : places.slice(from)) {
      shareOfPsi += segments[place]?.shareOfPsi ?? 0;
      currentShare += segments[place]?.currentShare ?? 0;
      const excess = shareOfPsi - currentShare;
      if (excess > (best?.excess ?? 0)) best = { ...nameOf(first, last), shareOfPsi, currentShare, excess };
    }
  }
  return best;
}

function totalRows(parts: readonly SegmentProfile[]): number {
  return parts.reduce((sum, { profile }) => sum + profile.rows, 0);
}

function countsWithNulls(profile: Omit<Profile, "sample"> | undefined): readonly number[] {
  return profile === undefined ? [] : [...profile.counts, profile.nulls];
}

function totalCounts(parts: readonly SegmentProfile[]): readonly number[] {
  const length = Math.max(0, ...parts.map(({ profile }) => profile.counts.length + 1));
  return Array.from({ length }, (_, at) => parts.reduce((sum, { profile }) => sum + (countsWithNulls(profile)[at] ?? 0), 0));
}

/** ln(q / p) of each bin, smoothed as the PSI is. */
function logRatios(before: readonly number[], after: readonly number[]): readonly number[] {
  const share = (counts: readonly number[]) => {
    const total = counts.reduce((sum, count) => sum + count, 0) + 0.5 * counts.length;
    return counts.map((count) => (count + 0.5) / total);
  };
  const [p, q] = [share(before), share(after)];
  return p.map((value, at) => Math.log((q[at] ?? value) / value));
}
