import { PROFILE_SAMPLE_ROWS, type ViewVersion } from "../../domain/index.ts";
import { formatTimestamp, LarderError } from "../../kit/index.ts";
import type { OfflineStore, RowFile, RowWindow, TimeRange, WindowColumn } from "../../offline/index.ts";
import type { ServedSamples } from "../served/port.ts";
import { memoryWindow } from "./memory-window.ts";
import type { TimeWindow } from "./windows.ts";

/** Rows to be profiled under the names of a view's columns: of its source, as they were served, or of a file. */
export type DriftRows =
  | { readonly kind: "view"; readonly view: ViewVersion; readonly ranges: readonly TimeRange[] }
  | { readonly kind: "served"; readonly view: ViewVersion; readonly range: TimeWindow }
  | {
      readonly kind: "file";
      readonly file: RowFile;
      readonly columnOf: ReadonlyMap<string, string>;
      readonly keys: readonly string[];
      readonly eventTimestampColumn: string;
    };

export interface OpenRowsDeps {
  readonly offline: OfflineStore;
  readonly servedSamples: Pick<ServedSamples, "values">;
}

export interface OpenRowsOptions {
  /** Columns of the view: features, and join keys where they are wanted. */
  readonly columns: readonly string[];
  /** Columns of another window, which a file is measured like. */
  readonly like: readonly WindowColumn[];
  readonly signal?: AbortSignal;
}

/** Opens one row per entity key, the newest. A file may lack columns. */
export async function openRows<T>(deps: OpenRowsDeps, rows: DriftRows, options: OpenRowsOptions, work: (window: RowWindow) => Promise<T>): Promise<T> {
  const { columns, like, signal } = options;
  const { offline } = deps;
  if (rows.kind === "served") return work(await servedWindow(deps, rows, columns));
  if (rows.kind === "view") return offline.withWindow({ kind: "view", view: rows.view, columns, ranges: rows.ranges, unit: "entity_key" }, work, signal);
  const { columnOf, file, keys, eventTimestampColumn } = rows;
  const there = columns.filter((name) => columnOf.has(name));
  if (there.length === 0) throw new LarderError("failed_precondition", `${file.name ?? file.path} has no feature of the view.`);
  const scope = {
    kind: "file",
    file,
    columns: there.map((name) => columnOf.get(name) ?? name),
    like: like.flatMap((column) => (columnOf.has(column.name) ? [{ ...column, name: columnOf.get(column.name) ?? column.name }] : [])),
    keys,
    eventTimestampColumn,
  } as const;
  return offline.withWindow(scope, (window) => work(renamed(window, columnOf)), signal);
}

async function servedWindow(
  deps: OpenRowsDeps,
  { view, range }: Extract<DriftRows, { readonly kind: "served" }>,
  names: readonly string[],
): Promise<RowWindow> {
  const features = view.features.filter(({ name }) => names.includes(name));
  const columns = await viewColumns(
    deps,
    view,
    features.map(({ name }) => name),
  );
  const query = {
    project: view.project,
    view: view.view,
    versionId: view.versionId,
    features,
    ...range,
    limit: PROFILE_SAMPLE_ROWS,
    absent: "as_null",
  } as const;
  const served = await deps.servedSamples.values(query);
  const valuesOf = new Map(served.columns.map(({ feature, values }) => [feature, values]));
  return memoryWindow(columns.map((column) => ({ column, values: valuesOf.get(column.name) ?? [] })));
}

/** How columns of a view are measured, told without reading rows. */
export function viewColumns(deps: OpenRowsDeps, view: ViewVersion, names: readonly string[]): Promise<readonly WindowColumn[]> {
  return openRows(deps, { kind: "view", view, ranges: [] }, { columns: names, like: [] }, async ({ columns }) => columns);
}

/** The same window under other names. */
function renamed(window: RowWindow, columnOf: ReadonlyMap<string, string>): RowWindow {
  const nameOf = new Map([...columnOf].map(([name, column]) => [column, name]));
  const inside = (name: string): string => columnOf.get(name) ?? name;
  return {
    rows: window.rows,
    columns: window.columns.map((column) => ({ ...column, name: nameOf.get(column.name) ?? column.name })),
    freezeBins: (names) => window.freezeBins(names.map(inside)),
    profile: (columns, options) =>
      window.profile(
        columns.map((column) => ({ ...column, name: inside(column.name) })),
        options,
      ),
    segments: (by, of) => window.segments({ ...by, name: inside(by.name) }, { ...of, name: inside(of.name) }),
    sortedValues: (column) => window.sortedValues(inside(column)),
  };
}

export function rangeText({ start, end }: TimeRange): { readonly start: string; readonly end: string } {
  return { start: start === null ? "" : formatTimestamp(start), end: end === null ? "" : formatTimestamp(end) };
}
