import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { BatchSource, ViewVersion } from "../../../domain/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { Rejection } from "../../port.ts";
import { brokenLines } from "./broken-lines.ts";
import type { Engine, Session } from "./engine.ts";
import { type LocatedFiles, locateFiles, overUnchangedFiles, type Variables } from "./locate-files.ts";
import { quoteText } from "./quote.ts";
import { readSource } from "./read-source.ts";
import { transformContext, transformRowsOf } from "./transform-sql.ts";
import type { ErrorContext } from "./translate-error.ts";
import { featureColumn, keyColumn, noRows, selectRows, type ViewRows, viewRows } from "./view-rows.ts";

export interface Opening {
  readonly engine: Engine;
  readonly variables: Variables;
  readonly signal?: AbortSignal | undefined;
}

/** Rows that can be read again and again in any order of columns, each found by its place. */
export interface OpenedView {
  readonly rows: ViewRows & { readonly place: string };
  /** Lines that are no rows at all. */
  readonly broken: readonly Rejection[];
}

export interface PrepareOptions {
  /** Rows that are wanted at all, over raw columns; a copy is spared the others. */
  readonly where: (rows: ViewRows) => readonly string[];
  /** Features to copy, by index. */
  readonly features: readonly number[];
}

export function batchSourceOfView(view: Pick<ViewVersion, "view" | "batchSource">): BatchSource {
  if (view.batchSource !== null) return view.batchSource;
  throw new LarderError("failed_precondition", `The view "${view.view}" has no batch source to read history from.`, {
    hint: "Give its source a batchSource.",
  });
}

/** Finds the files of several views, runs `work` over them, and again when one was replaced meanwhile. */
export async function withFilesOf<T>(views: readonly ViewVersion[], variables: Variables, work: (files: readonly LocatedFiles[]) => Promise<T>): Promise<T> {
  const located = await Promise.all(views.map((view) => locateFiles(batchSourceOfView(view), variables)));
  const all = located.flatMap(({ files }) => files);
  return overUnchangedFiles(all, () => work(located));
}

/** Reads a view's rows once, in one statement or a few: its transform runs each time. The session is closed to everything but its files. */
export async function readOnce<T>(
  opening: Opening,
  view: ViewVersion,
  work: (session: Session, rows: ViewRows, files: LocatedFiles) => Promise<T>,
): Promise<T> {
  return withFilesOf([view], opening.variables, async ([files]) => {
    if (files === undefined) throw new LarderError("internal", "A view was opened without its files.");
    const sandbox = view.transform === null ? undefined : { files: files.files.map(({ path }) => path) };
    return opening.engine.use(async (session) => work(session, await rowsOf(session, view, files), files), { signal: opening.signal, sandbox });
  });
}

/**
 * Makes a view's rows ready for several readings on the session given. Parquet is read where it stands; other formats and the result of a
 * transform are copied into a passing Parquet file first, in their order, values converted. Call `release` when done.
 */
export async function openView(
  opening: Opening,
  session: Session,
  { view, files, prepare }: { readonly view: ViewVersion; readonly files: LocatedFiles; readonly prepare: PrepareOptions },
): Promise<OpenedView & { release(): Promise<void> }> {
  if (files.files.length === 0 || (view.transform === null && files.format === "parquet")) {
    const rows = await rowsOf(session, view, files);
    if (rows.place !== null) return { rows: { ...rows, place: rows.place }, broken: [], release: async () => {} };
  }
  const copy = join(opening.engine.options.tempDirectory, `rows-${randomUUID()}.parquet`);
  const release = (): Promise<void> => rm(copy, { force: true });
  const sandbox = view.transform === null ? undefined : { files: [...files.files.map(({ path }) => path), copy] };
  try {
    return await opening.engine.use(
      async (own) => {
        const rows = await rowsOf(own, view, files);
        const select = selectRows({ ...rows, place: null }, { features: prepare.features, where: prepare.where(rows), verdict: true });
        await own.run(`COPY (${select}) TO ${quoteText(copy)} (FORMAT parquet)`, blame(view));
        return { rows: copiedRows(rows, prepare.features, copy), broken: files.format === "csv" ? await brokenLines(own) : [], release };
      },
      { signal: opening.signal, sandbox },
    );
  } catch (error) {
    await release();
    throw error;
  }
}

/** The rows of a view over its files, before any copy. */
async function rowsOf(session: Session, view: ViewVersion, files: LocatedFiles): Promise<ViewRows> {
  if (files.files.length === 0) return noRows(view);
  const source = batchSourceOfView(view);
  const { timestampField, createdTimestampColumn } = source;
  const times = createdTimestampColumn === null ? [timestampField] : [timestampField, createdTimestampColumn];
  const wanted = [...new Set([...times, ...view.joinKeys.map(({ name }) => name), ...view.features.map(({ column }) => column)])];
  const subject = `Source ${source.name}`;
  const context: ErrorContext = { failure: `${subject} (${files.pathAsWritten}) cannot be read`, code: "invalid_definition" };
  const raw = await readSource(session, files, { text: view.transform === null ? "as_written" : "guessed", wanted }, context);
  if (view.transform === null) return viewRows(view, raw, subject);
  const transform = transformContext(view.view);
  return viewRows(view, await transformRowsOf(session, raw, view.transform, transform), transform.subject);
}

function blame(view: ViewVersion): ErrorContext {
  if (view.transform !== null) return transformContext(view.view);
  return { failure: `Source ${batchSourceOfView(view).name} cannot be read`, code: "invalid_definition" };
}

function copiedRows(rows: ViewRows, features: readonly number[], copy: string): ViewRows & { readonly place: string } {
  const within = (from: bigint | null, to: bigint | null): readonly string[] => [
    ...(from === null ? [] : [`ev >= ${from}`]),
    ...(to === null ? [] : [`ev <= ${to}`]),
  ];
  return {
    ...rows,
    from: `read_parquet(${quoteText(copy)})`,
    place: "file_row_number",
    event: "ev",
    created: "cr",
    keys: rows.keys.map((_, index) => keyColumn(index)),
    features: rows.features.map((_, index) => (features.includes(index) ? featureColumn(index) : "NULL")),
    fits: "reason IS NULL",
    reason: "reason",
    shown: "shown",
    eventWithin: within,
  };
}
