import { open } from "node:fs/promises";
import type { ViewVersion } from "../../../domain/index.ts";
import { isLarderError, type Micros } from "../../../kit/index.ts";
import type { StageWindow, WindowEstimate } from "../../port.ts";
import type { Session } from "./engine.ts";
import { type LocatedFiles, locateFiles } from "./locate-files.ts";
import { batchSourceOfView, type Opening, readOnce } from "./open-view.ts";
import { quoteText, quoteTextList } from "./quote.ts";
import { windowConditions } from "./stage-window.ts";
import { keyColumn, selectRows, type ViewRows } from "./view-rows.ts";

/** Sources up to this size are simply counted. */
const COUNTED_BYTES_MAX = 64 * 2 ** 20;
const NEVER = 2n ** 63n - 1n;

interface Sized {
  readonly view: ViewVersion;
  readonly files: LocatedFiles;
  readonly bytes: number;
  readonly window: StageWindow;
}

/** How much a run would read: counted where that is quick, else worked out from metadata, within the time given. */
export async function estimateWindow(
  opening: Opening,
  view: ViewVersion,
  window: StageWindow,
  { timeoutMs, countedBytesMax = COUNTED_BYTES_MAX }: { readonly timeoutMs: number; readonly countedBytesMax?: number },
): Promise<WindowEstimate> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const timed: Opening = { ...opening, signal: opening.signal === undefined ? deadline : AbortSignal.any([deadline, opening.signal]) };
  const files = await locateFiles(batchSourceOfView(view), opening.variables);
  const bytes = files.files.reduce((sum, { size }) => sum + size, 0);
  if (files.files.length === 0) return { rows: 0, bytes: 0, keys: 0, exact: true, basis: `${files.pathAsWritten} matches no file yet` };
  const sized = { view, files, bytes, window };
  const counted = bytes <= countedBytesMax ? await unlessLate(() => countRows(timed, sized)) : null;
  if (counted !== null) return counted;
  if (files.format === "parquet") return fromMetadata(timed, opening, sized);
  return fromTextSize(sized);
}

async function countRows(opening: Opening, { view, files, bytes, window }: Sized): Promise<WindowEstimate> {
  return readOnce(opening, view, async (session, rows) => {
    const keys = rows.keys.length === 0 ? "least(count(*), 1)" : `count(DISTINCT ${keyTuple(rows)})`;
    const total = view.transform === null ? await countAll(session, rows) : null;
    const [row] = await session.rows(
      `SELECT count(*), ${keys} FROM (${selectRows({ ...rows, place: null }, { features: [], where: windowConditions(rows, window, NEVER) })})`,
    );
    const count = Number(row?.[0] ?? 0);
    const share = total === null || total === 0 ? 1 : count / total;
    return { rows: count, bytes: Math.round(bytes * share), keys: Number(row?.[1] ?? 0), exact: true, basis: `counted in ${filesText(files)}` };
  });
}

async function countAll(session: Session, rows: ViewRows): Promise<number> {
  const [row] = await session.rows(`SELECT count(*) FROM ${rows.from}`);
  return Number(row?.[0] ?? 0);
}

function keyTuple(rows: ViewRows): string {
  return `(${rows.keys.map((_, index) => keyColumn(index)).join(", ")})`;
}

/** Row groups that overlap the window, cut in proportion; distinct keys by a sketch when there is time left. */
async function fromMetadata(timed: Opening, opening: Opening, sized: Sized): Promise<WindowEstimate> {
  const { view, files, bytes, window } = sized;
  const found = await opening.engine.use((session) => rowGroups(session, sized));
  const total = found.reduce((sum, group) => sum + group.rows, 0);
  const inWindow = view.transform === null ? found.reduce((sum, group) => sum + group.rows * shareInWindow(group, window), 0) : total;
  const rows = Math.round(inWindow);
  const keys = view.transform === null ? await unlessLate(() => sketchKeys(timed, sized)) : null;
  const note = view.transform === null ? "" : ", before its transform and for the whole source";
  return {
    rows,
    bytes: total === 0 ? 0 : Math.round((bytes * rows) / total),
    keys: keys === null ? null : Math.min(keys, rows),
    exact: false,
    basis: `row group statistics of ${filesText(files)}${note}`,
  };
}

interface RowGroup {
  readonly rows: number;
  readonly min: Micros | null;
  readonly max: Micros | null;
}

async function rowGroups(session: Session, { view, files }: Sized): Promise<readonly RowGroup[]> {
  const paths = quoteTextList(files.files.map(({ path }) => path));
  const column = view.transform === null ? batchSourceOfView(view).timestampField : null;
  const micros = (text: string): string =>
    column === null ? "NULL" : `max(epoch_us(TRY_CAST(${text} AS TIMESTAMPTZ))) FILTER (WHERE path_in_schema = ${quoteText(column)})`;
  const rows = await session.rows(`
    SELECT any_value(row_group_num_rows), ${micros("stats_min_value")}, ${micros("stats_max_value")}
    FROM parquet_metadata(${paths}) GROUP BY file_name, row_group_id`);
  const bound = (value: unknown): Micros | null => (typeof value === "bigint" ? value : null);
  return rows.map(([count, min, max]) => ({ rows: Number(count), min: bound(min), max: bound(max) }));
}

/** Rows that came late count nowhere here: they are few. */
function shareInWindow({ min, max }: RowGroup, window: StageWindow): number {
  if (min === null || max === null) return 1;
  const low = window.kind === "range" ? window.start : window.kind === "incremental" ? window.eventAfter + 1n : min;
  const from = low > min ? low : min;
  const to = window.end < max ? window.end : max;
  if (from > to) return 0;
  return max === min ? 1 : Number(to - from + 1n) / Number(max - min + 1n);
}

async function sketchKeys(timed: Opening, { view, window }: Sized): Promise<number> {
  return readOnce(timed, view, async (session, rows) => {
    if (rows.keys.length === 0) return 1;
    const select = selectRows({ ...rows, place: null }, { features: [], where: windowConditions(rows, window, NEVER) });
    const [row] = await session.rows(`SELECT approx_count_distinct(${keyTuple(rows)}) FROM (${select})`);
    return Number(row?.[0] ?? 0);
  });
}

const SAMPLE_BYTES = 64 * 2 ** 10;

/** Rows of all text by the length of its first lines; how many of them lie in a narrower window, nobody knows. */
async function fromTextSize({ view, files, bytes, window }: Sized): Promise<WindowEstimate> {
  const rows = await guessRows(files, bytes);
  const where = `the size of ${filesText(files)}`;
  if (window.kind !== "everything" || view.transform !== null || rows === null) {
    const total = rows === null ? "" : ` (some ${rows.toLocaleString("en")} rows in all)`;
    return { rows: null, bytes, keys: null, exact: false, basis: `${where} says nothing about the rows in this window${total}` };
  }
  return { rows, bytes, keys: null, exact: false, basis: `${where} and the length of its first lines` };
}

async function guessRows({ files }: LocatedFiles, bytes: number): Promise<number | null> {
  const first = files.find(({ size }) => size > 0);
  if (first === undefined || first.path.endsWith(".gz")) return null;
  const handle = await open(first.path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SAMPLE_BYTES), 0, SAMPLE_BYTES, 0);
    const lines = buffer.subarray(0, bytesRead).reduce((sum, byte) => sum + (byte === 10 ? 1 : 0), 0);
    return lines === 0 ? null : Math.round(bytes / (bytesRead / lines));
  } finally {
    await handle.close();
  }
}

function filesText({ files, pathAsWritten }: LocatedFiles): string {
  return files.length === 1 ? pathAsWritten : `${files.length} files of ${pathAsWritten}`;
}

async function unlessLate<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (isLarderError(error, "cancelled")) return null;
    throw error;
  }
}
