import { type FeedSource, type HourRange, isDue } from "./feed-source.ts";

/** A file to write: `2026-04-12.parquet` for a day that is over, `2026-04-12T09.parquet` for a bucket of today. */
export interface FeedFile {
  readonly holds: "day" | "bucket";
  readonly name: string;
  readonly range: HourRange;
}

export interface FeedState {
  readonly firstHour: number;
  /** The source has no bucket from this hour on; Infinity where it has no end. */
  readonly untilHour: number;
  readonly now: Date;
  /** Names of the files that are there. */
  readonly present: ReadonlySet<string>;
}

const HOUR_MS = 3_600_000;
const BUCKET_NAME = /^(\d{4}-\d\d-\d\d)T\d\d(?=\.)/;
/** So old must a bucket be before its file is written: by then all of its rows are known. */
const BUCKET_CLOSES_MS = 300_000;

/** What is not there and should be by now, the newest first. */
export function missingFiles(source: FeedSource, { firstHour, untilHour, now, present }: FeedState): readonly FeedFile[] {
  const today = Math.floor(now.getTime() / HOUR_MS / 24) * 24;
  const files: FeedFile[] = [];
  for (let hour = today; hour * HOUR_MS + BUCKET_CLOSES_MS <= now.getTime(); hour += 1) {
    if (isDue(source, hour) && hour < untilHour) files.push({ holds: "bucket", name: bucketName(source, hour), range: { fromHour: hour, toHour: hour + 1 } });
  }
  files.reverse();
  for (let day = today - 24; day >= firstHour; day -= 24) {
    const range = { fromHour: day, toHour: Math.min(day + 24, untilHour) };
    if (dueHoursIn(source, range).length > 0) files.push({ holds: "day", name: `${dayOf(day)}.${source.ending}`, range });
  }
  return files.filter(({ name }) => !present.has(name));
}

/** The files of single buckets among these whose day has a file of its own: it takes their place. */
export function outdatedFiles(present: Iterable<string>): readonly string[] {
  const names = new Set(present);
  return [...names].filter((name) => BUCKET_NAME.test(name) && names.has(name.replace(BUCKET_NAME, "$1")));
}

/** When the next bucket closes: the moment to look again. */
export function nextDue(now: Date): Date {
  const hours = Math.floor((now.getTime() - BUCKET_CLOSES_MS) / HOUR_MS) + 1;
  return new Date(hours * HOUR_MS + BUCKET_CLOSES_MS);
}

function dueHoursIn(source: FeedSource, { fromHour, toHour }: HourRange): readonly number[] {
  const hours: number[] = [];
  for (let hour = fromHour; hour < toHour; hour += 1) if (isDue(source, hour)) hours.push(hour);
  return hours;
}

function bucketName(source: FeedSource, hour: number): string {
  return `${dayOf(hour)}T${String(hour % 24).padStart(2, "0")}.${source.ending}`;
}

function dayOf(hour: number): string {
  return new Date(hour * HOUR_MS).toISOString().slice(0, 10);
}
