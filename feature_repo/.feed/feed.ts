import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import type { FeedSettings, FeedSource } from "./feed-source.ts";
import { MACROS } from "./noise.ts";
import { type FeedFile, missingFiles, outdatedFiles } from "./schedule.ts";
import { SOURCES } from "./sources/index.ts";

/*
 * The example's data: what the sources of this repo would have delivered by now. Nothing in it depends on when it is written, so a gap
 * is filled as if the feed had never stood still. Every file appears under its name in one step, whole.
 */

export interface FeedOptions {
  /** One folder per source is made in it. */
  readonly directory: string;
  readonly now: Date;
  /** Called after each file. */
  readonly onFile?: (file: string) => void;
}

export interface HistoryOptions extends FeedOptions {
  /** Default: 1,000. */
  readonly drivers?: number;
  /** How far back, in whole days before today. Default: 60. */
  readonly days?: number;
}

/** What was decided when the history began; later runs keep to it. */
interface Manifest extends FeedSettings {
  readonly format: number;
  /** The feed that stops has no bucket from this hour on. */
  readonly stoppedHour: number;
}

const FORMAT = 2; // raise it with any change of what the sources say: the history is then written anew
const MANIFEST = "feed.json";
const HOUR_MS = 3_600_000;
const STOPPED_HOURS_AGO = 72;
const SINKING_DAYS = 12;

/** Writes whatever of the history is not there yet, from `days` before the day of the very first call up to now. Gives the files written. */
export async function generateHistory({ drivers = 1_000, days = 60, ...options }: HistoryOptions): Promise<readonly string[]> {
  await mkdir(options.directory, { recursive: true });
  const known = await readManifest(options.directory);
  if (known?.format === FORMAT) return fillUntilNow(known, options);
  for (const { name } of SOURCES) await rm(join(options.directory, name), { recursive: true, force: true });
  const hour = Math.floor(options.now.getTime() / HOUR_MS);
  const firstHour = (Math.floor(hour / 24) - days) * 24;
  const manifest: Manifest = {
    format: FORMAT,
    drivers,
    firstHour,
    sinkingHour: firstHour + Math.max(2, days - SINKING_DAYS) * 24,
    stoppedHour: hour - STOPPED_HOURS_AGO,
  };
  await writeWhole(join(options.directory, MANIFEST), (path) => writeFile(path, JSON.stringify(manifest)));
  return fillUntilNow(manifest, options);
}

/** Adds the hours since the last call, however long ago that was. Throws where no history was ever begun. */
export async function appendNewHours(options: FeedOptions): Promise<readonly string[]> {
  const manifest = await readManifest(options.directory);
  if (manifest === null) throw new Error(`${options.directory} holds no history yet: generate it first`);
  return fillUntilNow(manifest, options);
}

async function readManifest(directory: string): Promise<Manifest | null> {
  const text = await readFile(join(directory, MANIFEST), "utf8").catch(() => null);
  return text === null ? null : (JSON.parse(text) as Manifest); // written by generateHistory alone
}

async function fillUntilNow(manifest: Manifest, { directory, now, onFile }: FeedOptions): Promise<readonly string[]> {
  const work: { source: FeedSource; missing: readonly FeedFile[] }[] = [];
  for (const source of SOURCES) {
    await mkdir(join(directory, source.name), { recursive: true });
    const present = await tidyFolder(join(directory, source.name));
    const untilHour = source.stops ? manifest.stoppedHour : Number.POSITIVE_INFINITY;
    work.push({ source, missing: missingFiles(source, { firstHour: manifest.firstHour, untilHour, now, present }) });
  }
  if (work.every(({ missing }) => missing.length === 0)) return [];
  const written: string[] = [];
  await withDuckDB(async (run) => {
    for (const { source, missing } of work) {
      for (const file of missing) {
        const path = join(directory, source.name, file.name);
        await writeWhole(path, (partial) => run(`COPY (${source.rows(file.range, manifest)}) TO '${partial.replaceAll("'", "''")}' (${COPY[source.ending]})`));
        if (file.holds === "day") await tidyFolder(join(directory, source.name));
        written.push(`${source.name}/${file.name}`);
        onFile?.(`${source.name}/${file.name}`);
      }
    }
  });
  return written;
}

const COPY: Readonly<Record<FeedSource["ending"], string>> = {
  parquet: "FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false",
  csv: "FORMAT csv, HEADER, USE_TMP_FILE false",
  jsonl: "FORMAT json, USE_TMP_FILE false",
};

/** The files of a folder, after removing what a killed run left half written and what a day's file took the place of. */
async function tidyFolder(folder: string): Promise<ReadonlySet<string>> {
  const names = new Set(await readdir(folder));
  const isLeft = (name: string) => name.endsWith(".partial") && !isAlive(Number(name.split(".").at(-2)));
  for (const name of [...[...names].filter(isLeft), ...outdatedFiles(names)]) {
    await rm(join(folder, name), { force: true });
    names.delete(name);
  }
  return names;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Under another name first, then renamed: a reader sees all of the file or nothing. */
async function writeWhole(path: string, write: (partial: string) => Promise<unknown>): Promise<void> {
  const partial = `${path}.${process.pid}.partial`;
  try {
    await write(partial);
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
}

async function withDuckDB(work: (run: (sql: string) => Promise<unknown>) => Promise<void>): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2", memory_limit: "512MB" });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    for (const macro of MACROS) await connection.run(macro);
    await work((sql) => connection.run(sql));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
