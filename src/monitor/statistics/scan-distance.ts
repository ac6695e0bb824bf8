import type { Profile } from "../../domain/index.ts";
import type { RowWindow } from "../../offline/index.ts";
import { type EcdfDistance, type ValueTotals, walkEcdfs } from "./ecdf-distance.ts";

/** The rows of both windows with the profiles that were made of them. */
export interface ScannedWindow {
  readonly window: RowWindow;
  readonly profile: Profile;
}

/** The exact distance between a numeric column of two windows, from all their values in constant memory; null where a side has none. */
export async function scanDistance(column: string, baseline: ScannedWindow, current: ScannedWindow): Promise<EcdfDistance | null> {
  const walk = walkEcdfs(totalsOf(baseline.profile), totalsOf(current.profile));
  const left = await openRuns(baseline.window.sortedValues(column));
  const right = await openRuns(current.window.sortedValues(column));
  for (let value = lesser(left, right); value !== undefined; value = lesser(left, right)) {
    const inBaseline = left.value === value ? await left.countRun() : 0;
    walk.add(value, inBaseline, right.value === value ? await right.countRun() : 0);
  }
  return walk.finish();
}

function totalsOf({ rows, nulls, moments }: Profile): ValueTotals {
  return { values: rows - nulls, finite: moments?.count ?? 0 };
}

function lesser({ value: a }: Runs, { value: b }: Runs): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.min(a, b);
}

/** Ascending values as runs of equal ones. */
interface Runs {
  /** Undefined after the last. */
  readonly value: number | undefined;
  /** Passes the run of this value and says how long it is. */
  countRun(): Promise<number>;
}

async function openRuns(chunks: AsyncIterable<Float64Array>): Promise<Runs> {
  const source = chunks[Symbol.asyncIterator]();
  let chunk = new Float64Array();
  let at = 0;
  const fill = async (): Promise<boolean> => {
    while (at >= chunk.length) {
      const next = await source.next();
      if (next.done) return false;
      [chunk, at] = [next.value as Float64Array<ArrayBuffer>, 0];
    }
    return true;
  };
  await fill();
  return {
    get value() {
      return chunk[at];
    },
    async countRun() {
      const value = chunk[at];
      let length = 0;
      do {
        const from = at;
        while (chunk[at] === value && at < chunk.length) at += 1;
        length += at - from;
      } while (at >= chunk.length && (await fill()) && chunk[at] === value);
      return length;
    },
  };
}
