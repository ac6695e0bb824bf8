import type { FreshnessSample } from "../../monitor/index.ts";

const HOUR_MS = 3_600_000;

/** Hours in a row that saw the same: most views of a page are one such span. */
export interface HourSpan {
  /** Of the first hour, counted from the first of the page. */
  readonly hour: number;
  readonly hours: number;
  readonly state: FreshnessSample["state"];
  readonly cause: string | null;
}

/** Samples of one view, in the order of time, as spans from `first` (ms) on. */
export function hourSpans(samples: readonly Pick<FreshnessSample, "at" | "state" | "cause">[], first: number): readonly HourSpan[] {
  const spans: HourSpan[] = [];
  for (const { at, state, cause } of samples) {
    const hour = Math.round((at.getTime() - first) / HOUR_MS);
    const last = spans.at(-1);
    if (last && last.hour + last.hours === hour && last.state === state && last.cause === cause) spans[spans.length - 1] = { ...last, hours: last.hours + 1 };
    else spans.push({ hour, hours: 1, state, cause });
  }
  return spans;
}
