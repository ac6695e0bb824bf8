import { type Bins, binCount, binFinder, PROFILE_SAMPLE_ROWS, type Profile, type ProfileSample } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import { mergeMoments, momentsOf } from "./moments.ts";

export type ProfiledValue = number | string | null;

/** The profile of values held in memory; null and NaN are nulls. Its sample takes every row, or a random choice that the same values repeat. */
export function profileValues(values: readonly ProfiledValue[], bins: Bins): Profile {
  const counts = new Array<number>(binCount(bins)).fill(0);
  const find = binFinder(bins);
  let nulls = 0;
  for (const value of values) {
    if (isNull(value)) nulls += 1;
    else {
      const bin = find(value);
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  if (bins.kind === "categorical") return { bins, rows: values.length, nulls, counts, moments: null, sample: null };
  const numbers = Float64Array.from(values, (value) => (isNull(value) ? Number.NaN : Number(value)));
  return { bins, rows: values.length, nulls, counts, moments: momentsOf(numbers), sample: sampleOf(numbers) };
}

function isNull(value: ProfiledValue): value is null {
  return value === null || Number.isNaN(value);
}

/** Profiles over the same bins as one. Throws invalid_argument when the bins differ. */
export function mergeProfiles(a: Profile, b: Profile): Profile {
  if (a.bins !== b.bins && JSON.stringify(a.bins) !== JSON.stringify(b.bins))
    throw new LarderError("invalid_argument", "Profiles over different bins cannot be merged.", {
      hint: "Profile both windows over the bins of one baseline.",
    });
  return {
    bins: a.bins,
    rows: a.rows + b.rows,
    nulls: a.nulls + b.nulls,
    counts: a.counts.map((count, bin) => count + (b.counts[bin] ?? 0)),
    moments: mergeMoments(a.moments, b.moments),
    sample: a.sample === null || b.sample === null ? null : mergeSamples(a.sample, b.sample),
  };
}

/** Whether the sample of a profile holds all its rows. */
export function isWhole({ sample, rows }: Profile): boolean {
  return sample !== null && sample.values.length === rows;
}

/** What a sample of all the rows of both would have been. */
function mergeSamples(a: ProfileSample, b: ProfileSample): ProfileSample {
  return keepSmallest({ values: concatenate(a.values, b.values), priorities: concatenate(a.priorities, b.priorities) });
}

function sampleOf(values: Float64Array): ProfileSample {
  return keepSmallest({ values, priorities: Float64Array.from(values, (_, row) => scramble(row)) });
}

function keepSmallest(sample: ProfileSample): ProfileSample {
  if (sample.values.length <= PROFILE_SAMPLE_ROWS) return sample;
  const limit = sample.priorities.toSorted()[PROFILE_SAMPLE_ROWS] ?? Number.POSITIVE_INFINITY;
  const isKept = (_: number, row: number): boolean => (sample.priorities[row] ?? limit) < limit;
  return { values: sample.values.filter(isKept), priorities: sample.priorities.filter(isKept) };
}

function concatenate(a: Float64Array, b: Float64Array): Float64Array {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

/** A number of 53 bits that looks random and belongs to a row's place. Source of the mixing: MurmurHash3's fmix32 by A. Appleby. */
function scramble(row: number): number {
  return mix(row) * 2 ** 21 + (mix(row ^ 0x9e3779b9) >>> 11);
}

function mix(bits: number): number {
  let mixed = bits;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
