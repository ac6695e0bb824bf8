import { type ExpectedFeature, findingsOf, findingText } from "../../domain/index.ts";
import type { DayFeature, DayFigures } from "../../offline/index.ts";
import type { JudgedDay, QualityFinding, QualityState } from "./port.ts";
import { median, spread } from "./robust.ts";

/*
 * A window is held against what the team expects, and against the windows before it. History is judged by medians, so that a bad day in it
 * moves nothing. Each limit is the largest of three: SPREADS times the spread of history (it knows how this view varies), what chance alone
 * does to so many rows, and a difference that is worth a word. With 5 spreads a normal figure is outside once in 1.7 million windows; the
 * floors keep a history without any spread from calling the first change a fault.
 */

/** Windows before one that count. */
export const HISTORY_DAYS = 56;
/** Fewer of them tell nothing. */
const HISTORY_MIN = 7;
/** Of the same weekday, for how many rows to expect: weekends differ. */
const SAME_WEEKDAY_MIN = 4;
/** So many empty ones among these belong to a feed that does not come each week, which one outage is not. */
const EMPTY_USUAL = 2;
/** Shares of fewer rows say little; as for drift. */
const ROWS_MIN = 100;
const SPREADS = 5;
const CHANCE_SD = 4;
const [NULL_SHARE_MIN, DUPLICATE_SHARE_MIN, ROW_COUNT_SHARE_MIN] = [0.02, 0.001, 0.2];
/** A feature has categories when of so many windows so few brought one that was never seen before; else it is free text, or too rare to know. */
const [SETTLED_WINDOWS, SURPRISES_MAX] = [28, 1];
const CATEGORIES_KNOWN_MIN = 7;
const SHOWN_MAX = 5;

/** Judges one window by those before it, oldest first. */
export function judgeDay(day: DayFigures, history: readonly DayFigures[], expected: readonly ExpectedFeature[]): JudgedDay {
  const usualRows = usualRowsOf(day, history);
  const findings = [
    ...brokenIn(day, expected),
    ...day.features.flatMap((feature) => featureFindings(day, feature, history)),
    ...duplicatesIn(day, history),
    ...rowCountOf(day, usualRows),
  ];
  const state: QualityState = findings.length > 0 ? "bad" : history.length < HISTORY_MIN ? "insufficient data" : "good";
  return { ...day, state, findings, usualRows };
}

function brokenIn({ features, rows }: DayFigures, expected: readonly ExpectedFeature[]): readonly QualityFinding[] {
  const counts = features.flatMap(({ feature, broken, nulls }) => {
    const hasLimit = expected.find(({ name }) => name === feature)?.expect.nullRateMax !== undefined;
    return hasLimit ? [...broken, { feature, expectation: "nullRateMax" as const, rows: nulls, example: null }] : broken;
  });
  return findingsOf(expected, counts, rows).map((finding) => ({
    kind: finding.expectation === "nullRateMax" ? "nulls" : "out of range",
    feature: finding.feature,
    text: findingText({ ...finding, example: null }), // it goes to all who are told, also to those who may not read values
    isBlocking: finding.onFailure === "block",
  }));
}

function featureFindings(day: DayFigures, feature: DayFeature, history: readonly DayFigures[]): readonly QualityFinding[] {
  if (day.rows < ROWS_MIN) return [];
  const before = history.flatMap((window) => {
    const same = window.features.find((one) => one.feature === feature.feature);
    return same === undefined || window.rows < ROWS_MIN ? [] : [{ ...same, rows: window.rows }];
  });
  return [...nullsIn(day, feature, before), ...newCategoriesIn(feature, before)];
}

type Before = readonly (DayFeature & { readonly rows: number })[];

/** More nulls than usual; fewer are no fault. */
function nullsIn({ rows }: DayFigures, { feature, nulls }: DayFeature, before: Before): readonly QualityFinding[] {
  const limit = shareMax(
    before.map((window) => window.nulls / window.rows),
    { rows, floor: NULL_SHARE_MIN },
  );
  if (limit === null || nulls / rows <= limit) return [];
  return [
    { kind: "nulls", feature, text: `${feature}: ${count(nulls)} of ${count(rows)} rows are null, usual are at most ${percent(limit)}`, isBlocking: false },
  ];
}

function duplicatesIn({ rows, duplicates }: DayFigures, history: readonly DayFigures[]): readonly QualityFinding[] {
  if (rows < ROWS_MIN) return [];
  const shares = history.filter((window) => window.rows >= ROWS_MIN).map((window) => window.duplicates / window.rows);
  const limit = shareMax(shares, { rows, floor: DUPLICATE_SHARE_MIN });
  if (limit === null || duplicates / rows <= limit) return [];
  const text = `${count(duplicates)} of ${count(rows)} rows repeat key and time of another, usual are at most ${percent(limit)}`;
  return [{ kind: "duplicates", feature: null, text, isBlocking: false }];
}

/** The largest share of so many rows that history explains; null: there is too little history. */
function shareMax(shares: readonly number[], { rows, floor }: { readonly rows: number; readonly floor: number }): number | null {
  if (shares.length < HISTORY_MIN) return null;
  const center = median(shares);
  const p = Math.max(center, 1 / rows);
  const chance = CHANCE_SD * Math.sqrt((p * (1 - p)) / rows);
  return center + Math.max(SPREADS * spread(shares.map((share) => share - center)), chance, floor);
}

function newCategoriesIn({ feature, categories }: DayFeature, before: Before): readonly QualityFinding[] {
  if (categories === null || before.length < SETTLED_WINDOWS + CATEGORIES_KNOWN_MIN) return [];
  const known = new Set<string>();
  let surprises = 0;
  for (const [index, window] of before.entries()) {
    if (window.categories === null) return [];
    if (index >= before.length - SETTLED_WINDOWS && window.categories.some((category) => !known.has(category))) surprises += 1;
    for (const category of window.categories) known.add(category);
  }
  if (surprises > SURPRISES_MAX) return [];
  const unseen = categories.filter((category) => !known.has(category));
  if (unseen.length === 0) return [];
  const named = unseen
    .slice(0, SHOWN_MAX)
    .map((category) => JSON.stringify(category))
    .join(", ");
  const more = unseen.length > SHOWN_MAX ? ` and ${unseen.length - SHOWN_MAX} more` : "";
  return [{ kind: "new categories", feature, text: `${feature}: ${named}${more}, never seen in the ${before.length} windows before`, isBlocking: false }];
}

function usualRowsOf(day: DayFigures, history: readonly DayFigures[]): JudgedDay["usualRows"] {
  const byWeekday = Map.groupBy(history, weekdayOf);
  const same = byWeekday.get(weekdayOf(day)) ?? [];
  if (same.length < SAME_WEEKDAY_MIN) return null;
  const centers = new Map([...byWeekday].map(([weekday, windows]) => [weekday, median(windows.map(({ rows }) => rows))]));
  const center = centers.get(weekdayOf(day)) ?? 0;
  if (center === 0) return null; // rows come now and then: how many, nothing tells
  const comesEachWeek = same.filter(({ rows }) => rows === 0).length < EMPTY_USUAL;
  const wide = Math.max(SPREADS * relativeSpread(history, centers) * center, CHANCE_SD * Math.sqrt(Math.max(1, center)), ROW_COUNT_SHARE_MIN * center);
  return { low: comesEachWeek ? Math.max(0, Math.ceil(center - wide)) : 0, high: Math.floor(center + wide) };
}

/** As shares of what the weekday usually has, so that busy and quiet days tell of each other. */
function relativeSpread(history: readonly DayFigures[], centers: ReadonlyMap<number, number>): number {
  const shares = history.flatMap((window) => {
    const center = centers.get(weekdayOf(window)) ?? 0;
    return center === 0 ? [] : [window.rows / center - 1];
  });
  return shares.length === 0 ? 0 : spread(shares);
}

function rowCountOf({ rows }: DayFigures, usual: JudgedDay["usualRows"]): readonly QualityFinding[] {
  if (usual === null || (rows >= usual.low && rows <= usual.high)) return [];
  return [
    { kind: "row count", feature: null, text: `${count(rows)} rows, such a day usually has ${count(usual.low)} to ${count(usual.high)}`, isBlocking: false },
  ];
}

const DAY = 86_400_000_000n;

/** 0 for the weekday of 1970-01-01. */
function weekdayOf({ day }: DayFigures): number {
  return Number((((day / DAY) % 7n) + 7n) % 7n);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
