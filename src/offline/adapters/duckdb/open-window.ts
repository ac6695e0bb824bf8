import type { ViewVersion } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { RowWindow, WindowScope } from "../../port.ts";
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
  const features = scope.features.map((name) => featureNamed(view, name));
  return withFilesOf([view], opening.variables, async ([files]) => {
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    return opening.engine.use(
      async (session) => {
        const prepare = { features, where: (rows: ViewRows) => windowConditions(rows, scope) };
        const opened = await openView(opening, session, { view, files, prepare });
        try {
          return await work(rowWindow(await measureView(opening, session, opened, { scope, features })));
        } finally {
          await opened.release();
        }
      },
      { signal: opening.signal, isLarge: true },
    );
  });
}

function windowConditions(rows: ViewRows, { start, end }: ViewScope): readonly string[] {
  return rows.eventWithin(start, end === null ? null : end - 1n);
}

/** The good rows of the window, or of them the newest per key, in their measures. */
async function measureView(
  { engine }: Opening,
  session: Session,
  { rows }: OpenedView,
  { scope, features }: { readonly scope: ViewScope; readonly features: readonly number[] },
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
      : await findWinners(session, rows, { good, passes: passesFor(survey, rows, engine.options) });
  const chosen = byKey ? (count === 0 ? " WHERE false" : " SEMI JOIN winner ON r = winner.place") : "";
  const select = `SELECT ${measuresSql(view, features)} FROM (${selectRows(rows, { features: [...new Set(features)], where: good })})${chosen}`;
  const columns = features.map((index) => ({ name: view.features[index]?.name ?? "", ...measureOfType(view.features[index]?.type ?? "string") }));
  return { session, select, rows: count, columns, memoryLimitMb: engine.options.memoryLimitMb };
}

/** Rows ahead of the clock are judged as they are. */
const NO_LIMIT = 2n ** 63n - 1n;

function measuresSql(view: ViewVersion, features: readonly number[]): string {
  const priority = prioritySql([...view.joinKeys.map((_, index) => keyColumn(index)), "ev", ...(view.joinKeys.length === 0 ? ["r"] : [])]);
  const measures = features.map((index, place) => {
    const type = view.features[index]?.type ?? "string";
    return `${measureSql(featureColumn(index), measureOfType(type), type.endsWith("[]"))} AS ${measuredName(place)}`;
  });
  return [`${priority} AS pr`, ...measures].join(", ");
}
