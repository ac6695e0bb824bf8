import { type Bins, isListType, itemType, type ViewVersion } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { SegmentProfile } from "../../offline/index.ts";
import type { Verdict } from "../statistics/judge-features.ts";
import { type BaselinePlan, type JudgedVersion, planBaseline } from "./find-baseline.ts";
import { type JudgeWindowsDeps, rowsOfWindow } from "./judge-windows.ts";
import { openRows, viewColumns } from "./open-rows.ts";
import type { DriftStore } from "./port.ts";
import { type DividedShift, divideShift } from "./segments.ts";
import type { TimeWindow } from "./windows.ts";

/** Columns that rows may be divided by: join keys, then the features of a few values, then numbers. */
export function dividingColumns({ joinKeys, features }: ViewVersion, feature: string): readonly string[] {
  const isUseful = (type: string): boolean => !type.endsWith("[]") && type !== "bytes" && type !== "timestamp" && type !== "unix_timestamp";
  const rank = (type: string): number => (type === "string" || type === "bool" ? 0 : 1);
  const others = features
    .filter(({ name, type }) => name !== feature && !isListType(type) && isUseful(itemType(type)))
    .sort((a, b) => rank(a.type) - rank(b.type));
  return [...joinKeys.filter(({ type }) => isUseful(type)), ...others].map(({ name }) => name);
}

/** Dividing columns that may tell where a shift comes from: what shifts itself explains nothing. */
export function explainingColumns(
  version: ViewVersion,
  features: readonly { readonly feature: string; readonly verdict: Verdict }[],
): (feature: string) => readonly string[] {
  const shifting = new Set(features.filter(({ verdict }) => verdict === "drift" || verdict === "watch").map(({ feature }) => feature));
  return (feature) => dividingColumns(version, feature).filter((column) => !shifting.has(column));
}

export type ExplainShiftDeps = JudgeWindowsDeps & { readonly driftStore: Pick<DriftStore, "findBaseline"> };

/** More columns than these are not tried at once. */
const COLUMNS_TRIED = 8;

/**
 * Divides the shift of a feature in one window by each of these columns, over bins frozen on the baseline's rows; the column that tells most
 * first. Columns that the baseline does not have are left out; one scan each of both sides. Throws failed_precondition where the rows of
 * either side have left the source since they were judged.
 */
export async function explainShift(
  deps: ExplainShiftDeps,
  judged: JudgedVersion,
  {
    window,
    feature,
    by,
    signal,
  }: { readonly window: TimeWindow; readonly feature: string; readonly by: readonly string[] | null; readonly signal: AbortSignal },
): Promise<readonly DividedShift[]> {
  const { version } = judged;
  const columns = (by ?? dividingColumns(version, feature)).slice(0, COLUMNS_TRIED);
  const plan = await planBaseline(deps, judged, window);
  const frozen = await deps.driftStore.findBaseline({ project: judged.project, view: version.view }, plan.key);
  const wanted = [feature, ...columns.filter((column) => column !== feature)];
  const current = rowsOfWindow(judged, window);
  const like = await viewColumns(deps, version, wanted);
  const before = await divide(deps, plan, { wanted, whole: wholeNumbers(version), like, signal, counted: frozen?.rows ?? null });
  const now = await openRows(deps, current, { columns: wanted, like: [], signal }, async (opened) => {
    if (opened.rows === 0) throw gone("this window", 0, null);
    const parts = new Map<string, readonly SegmentProfile[]>();
    for (const { by: column } of before.parts) parts.set(column.name, await opened.segments(column, before.of));
    return parts;
  });
  const shifts = before.parts.map(({ by: column, segments }) => divideShift(column, { baseline: segments, current: now.get(column.name) ?? [] }));
  return shifts.sort((a, b) => (b.strongest?.excess ?? 0) - (a.strongest?.excess ?? 0));
}

/** Columns that hold whole numbers only. */
function wholeNumbers({ joinKeys, features }: ViewVersion): ReadonlySet<string> {
  return new Set([...joinKeys, ...features].filter(({ type }) => type === "int32" || type === "int64").map(({ name }) => name));
}

/** The same bins of whole numbers, with edges that people read as such. */
function wholeEdges(bins: Bins): Bins {
  return bins.kind === "numeric" ? { ...bins, edges: [...new Set(bins.edges.map(Math.floor))] } : bins;
}

interface Dividing {
  readonly wanted: readonly string[];
  readonly whole: ReadonlySet<string>;
  readonly like: Parameters<typeof openRows>[2]["like"];
  readonly signal: AbortSignal;
  /** Rows that the baseline had when it was frozen; null: unknown. */
  readonly counted: number | null;
}

/** Fewer than this share of the rows of a frozen baseline stand for it no more. */
const LEFT_MIN = 0.5;

function gone(what: string, rows: number, counted: number | null): LarderError {
  const left = counted === null ? "there are none" : `${rows.toLocaleString("en")} of ${counted.toLocaleString("en")} are left`;
  return new LarderError("failed_precondition", `The rows of ${what} are gone by now (${left}), so nobody can tell any more which of them moved.`, {
    hint: "Its scores stay true. Where a source keeps its rows for a while only, compare the view with the previous window or with a training set.",
  });
}

/** Freezes the bins of all columns on the baseline's rows, and divides those. */
function divide(deps: JudgeWindowsDeps, plan: BaselinePlan, { wanted, whole, like, signal, counted }: Dividing) {
  return openRows(deps, plan.rows, { columns: wanted, like, signal }, async (opened) => {
    if (opened.rows === 0 || opened.rows < LEFT_MIN * (counted ?? 0)) throw gone("the baseline", opened.rows, counted);
    const names = opened.columns.map(({ name }) => name);
    const bins = await opened.freezeBins(names);
    const [of, ...columns] = names.flatMap((name, at) =>
      bins[at] === undefined ? [] : [{ name, bins: at > 0 && whole.has(name) ? wholeEdges(bins[at]) : bins[at] }],
    );
    if (of === undefined || of.name !== wanted[0])
      throw new LarderError("failed_precondition", `The baseline has no ${wanted[0]}, so nobody can tell where its shift comes from.`, {
        hint: "Choose another baseline.",
      });
    const parts: { readonly by: (typeof columns)[number]; readonly segments: readonly SegmentProfile[] }[] = [];
    for (const by of columns) parts.push({ by, segments: await opened.segments(by, of) });
    return { of, parts };
  });
}
