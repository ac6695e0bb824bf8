import type { Profile } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { OfflineStore, RowFile, RowWindow, WindowColumn } from "../../offline/index.ts";
import { type Comparison, compareProfiles } from "../statistics/compare-profiles.ts";
import { type Judgement, judgeFeatures } from "../statistics/judge-features.ts";
import { scanDistance } from "../statistics/scan-distance.ts";

export interface CompareFilesInput {
  readonly baseline: RowFile;
  readonly current: RowFile;
  /** Null: the columns that both files have, but the key and the event time. */
  readonly columns: readonly string[] | null;
  /** Judge the newest row per value of this column; null: every row. */
  readonly key: string | null;
  readonly eventTimestampColumn: string;
}

export interface ComparedColumn extends Judgement {
  readonly column: WindowColumn;
  readonly comparison: Comparison;
}

export interface FileComparison {
  readonly columns: readonly ComparedColumn[];
  /** Columns of one file alone, which are not compared. */
  readonly onlyInBaseline: readonly string[];
  readonly onlyInCurrent: readonly string[];
}

/** Compares two files column by column and judges the columns together; every figure comes from all rows. Throws not_found, invalid_argument. */
export async function compareFiles({ offline }: { readonly offline: OfflineStore }, input: CompareFilesInput): Promise<FileComparison> {
  const { columns, key, eventTimestampColumn } = input;
  const shared = { kind: "file", columns, keys: key === null ? [] : [key], eventTimestampColumn } as const;
  return offline.withWindow({ ...shared, file: input.baseline, like: [] }, (baseline) =>
    offline.withWindow({ ...shared, file: input.current, like: baseline.columns }, (current) => compareWindows(baseline, current)),
  );
}

async function compareWindows(baseline: RowWindow, current: RowWindow): Promise<FileComparison> {
  const inCurrent = new Set(current.columns.map(({ name }) => name));
  const columns = baseline.columns.filter(({ name }) => inCurrent.has(name));
  const names = columns.map(({ name }) => name);
  if (names.length === 0)
    throw new LarderError("invalid_argument", "The two files have no column in common.", {
      hint: `One has ${namesIn(baseline)}; the other ${namesIn(current)}.`,
    });
  const bins = await baseline.freezeBins(names);
  const binned = names.map((name, index) => ({ name, bins: bins[index] ?? { kind: "numeric" as const, edges: [] } }));
  const before = await baseline.profile(binned, { sampled: false });
  const now = await current.profile(binned, { sampled: false });
  const comparisons: Comparison[] = [];
  for (const [index, column] of columns.entries()) comparisons.push(await compareColumn(column, [baseline, before[index]], [current, now[index]]));
  const judgements = judgeFeatures(comparisons);
  return {
    columns: columns.flatMap((column, index) => {
      const [comparison, judgement] = [comparisons[index], judgements[index]];
      return comparison && judgement ? [{ column, comparison, ...judgement }] : [];
    }),
    onlyInBaseline: baseline.columns.filter(({ name }) => !inCurrent.has(name)).map(({ name }) => name),
    onlyInCurrent: current.columns.filter(({ name }) => !names.includes(name)).map(({ name }) => name),
  };
}

type ProfiledSide = readonly [window: RowWindow, profile: Profile | undefined];

async function compareColumn({ name, kind }: WindowColumn, [baseline, before]: ProfiledSide, [current, now]: ProfiledSide): Promise<Comparison> {
  if (before === undefined || now === undefined) throw new LarderError("internal", `The column "${name}" was not profiled.`);
  if (kind === "categorical") return compareProfiles(before, now);
  return compareProfiles(before, now, await scanDistance(name, { window: baseline, profile: before }, { window: current, profile: now }));
}

function namesIn({ columns }: RowWindow): string {
  const names = columns.map(({ name }) => name);
  return names.length === 0 ? "none" : names.slice(0, 20).join(", ");
}
