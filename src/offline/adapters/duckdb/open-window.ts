import type { ValueType, ViewVersion } from "../../../domain/index.ts";
import { LarderError, type Micros } from "../../../kit/index.ts";
import type { RowWindow, TimeRange, WindowScope } from "../../port.ts";
import type { Session } from "./engine.ts";
import { findWinners } from "./find-winners.ts";
import { measureOfType, measureSql } from "./measure-column.ts";
import { type MeasuredRows, measuredName, prioritySql } from "./measured-rows.ts";
import { openFileWindow } from "./open-file-window.ts";
import { type OpenedView, type Opening, openView, withFilesOf } from "./open-view.ts";
import { featureNamed } from "./profile-features.ts";
import { rowWindow } from "./row-window.ts";
import { passesFor } from "./stage-latest.ts";
import { surveyRows } from "./survey-rows.ts";
import { featureColumn, keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

export function openWindow<T>(opening: Opening, scope: WindowScope, work: (window: RowWindow) => Promise<T>): Promise<T> {
  return scope.kind === "file" ? openFileWindow(opening, scope, work) : openViewWindow(opening, scope, work);
}

type ViewScope = Extract<WindowScope, { readonly kind: "view" }>;

async function openViewWindow<T>(opening: Opening, scope: ViewScope, work: (window: RowWindow) => Promise<T>): Promise<T> {
  const { view } = scope;
  const columns = scope.columns.map((name) => columnNamed(view, name));
  const features = columns.flatMap((column) => (column.of === "feature" ? [column.index] : []));
  return withFilesOf([view], opening.variables, async ([files]) => {
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    return opening.engine.use(
      async (session) => {
        const prepare = { features, where: (rows: ViewRows) => windowConditions(rows, scope) };
        // nothing is asked for: the columns alone are of interest
        const read = scope.ranges.length === 0 ? { ...files, files: [] } : files;
        const opened = await openView(opening, session, { view, files: read, prepare });
        try {
          return await work(rowWindow(await measureView(opening, session, opened, { scope, columns, features })));
        } finally {
          await opened.release();
        }
      },
      { signal: opening.signal, isLarge: true },
    );
  });
}

interface ScopeColumn {
  readonly of: "feature" | "key";
  readonly index: number;
  readonly name: string;
  readonly type: ValueType;
}

function columnNamed(view: ViewVersion, name: string): ScopeColumn {
  const index = view.joinKeys.findIndex((key) => key.name === name);
  const key = view.joinKeys[index];
  if (key !== undefined && !view.features.some((feature) => feature.name === name)) return { of: "key", index, name, type: key.type };
  const place = featureNamed(view, name);
  return { of: "feature", index: place, name, type: view.features[place]?.type ?? "string" };
}

/** Event time in one of the ranges; the span of all stands beside it, which is what reaches the statistics of files. */
function windowConditions(rows: ViewRows, { ranges }: ViewScope): readonly string[] {
  const within = (range: TimeRange): readonly string[] => withinRange(rows, range);
  const [first, ...more] = ranges;
  if (first === undefined) return [];
  if (more.length === 0) return within(first);
  const any = ranges.map((range) => `(${within(range).join(" AND ") || "true"})`).join(" OR ");
  return [...within(spanOf(ranges)), any];
}

function withinRange(rows: ViewRows, { start, end }: TimeRange): readonly string[] {
  return rows.eventWithin(start, end === null ? null : end - 1n);
}

function spanOf(ranges: readonly TimeRange[]): TimeRange {
  const extreme = (bounds: readonly (Micros | null)[], isBeyond: (a: Micros, b: Micros) => boolean): Micros | null =>
    bounds.reduce((far, bound) => (far === null || bound === null ? null : isBeyond(bound, far) ? bound : far));
  return {
    start: extreme(
      ranges.map(({ start }) => start),
      (a, b) => a < b,
    ),
    end: extreme(
      ranges.map(({ end }) => end),
      (a, b) => a > b,
    ),
  };
}

/** The good rows of the window, or of them the newest per key, in their measures. */
async function measureView(
  { engine }: Opening,
  session: Session,
  { rows }: OpenedView,
  { scope, columns, features }: { readonly scope: ViewScope; readonly columns: readonly ScopeColumn[]; readonly features: readonly number[] },
): Promise<MeasuredRows> {
  const { view } = scope;
  const window = windowConditions(rows, scope);
  const good = [...window, `(${rows.reason}) IS NULL`];
  const survey = await surveyRows(session, rows, window, NO_LIMIT);
  const byKey = scope.unit === "entity_key";
  const count = !byKey
    ? survey.goodRows
    : survey.goodRows === 0
      ? 0
      : await findWinners(session, rows, {
          good,
          passes: passesFor(survey, rows, engine.options),
          stretches: scope.ranges.map((range) => withinRange(rows, range)),
        });
  const chosen = byKey ? (count === 0 ? " WHERE false" : " SEMI JOIN winner ON r = winner.place") : "";
  const select = `SELECT ${measuresSql(view, columns)} FROM (${selectRows(rows, { features: [...new Set(features)], where: good })})${chosen}`;
  return {
    session,
    select,
    rows: count,
    columns: columns.map(({ name, type }) => ({ name, ...measureOfType(type) })),
    memoryLimitMb: engine.options.memoryLimitMb,
  };
}

/** Rows ahead of the clock are judged as they are. */
const NO_LIMIT = 2n ** 63n - 1n;

function measuresSql(view: ViewVersion, columns: readonly ScopeColumn[]): string {
  const priority = prioritySql([...view.joinKeys.map((_, index) => keyColumn(index)), "ev", ...(view.joinKeys.length === 0 ? ["r"] : [])]);
  const measures = columns.map(({ of, index, type }, place) => {
    const sql = of === "key" ? keyColumn(index) : featureColumn(index);
    return `${measureSql(sql, measureOfType(type), type.endsWith("[]"))} AS ${measuredName(place)}`;
  });
  return [`${priority} AS pr`, ...measures].join(", ");
}
