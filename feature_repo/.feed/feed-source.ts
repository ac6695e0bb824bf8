/*
 * Words. A *bucket* is an hour in which rows arrive; its file may be written once it is five minutes old. A source has a bucket every
 * `everyHours`. The buckets of a day that is over lie in one file, those of today in a file each.
 */

/** Hours since 1970-01-01T00:00Z: the first one in, the last one out. */
export interface HourRange {
  readonly fromHour: number;
  readonly toHour: number;
}

export interface FeedSettings {
  readonly drivers: number;
  /** No row is about an hour before this one. */
  readonly firstHour: number;
  /** From this hour on a rate sinks. */
  readonly sinkingHour: number;
}

export interface FeedSource {
  /** Also the name of its folder. */
  readonly name: string;
  readonly ending: "parquet" | "csv" | "jsonl";
  readonly everyHours: 1 | 4 | 24 | 168;
  /** Whether this feed broke some days before the example was set up, and was never mended. */
  readonly stops: boolean;
  /** SQL of the rows that arrive in the range, by the macros of noise.ts. */
  rows(range: HourRange, settings: FeedSettings): string;
}

const MONDAY = 96; // 1970-01-05 was one

/** Whether a bucket of the source begins in this hour. */
export function isDue(source: FeedSource, hour: number): boolean {
  return (hour - (source.everyHours === 168 ? MONDAY : 0)) % source.everyHours === 0;
}

/** SQL rows `hour`: the source's buckets in the range. */
export function dueHours({ everyHours }: Pick<FeedSource, "everyHours">, { fromHour, toHour }: HourRange): string {
  return `(SELECT hour FROM range(${fromHour}, ${toHour}) hours(hour) WHERE (hour - ${everyHours === 168 ? MONDAY : 0}) % ${everyHours} = 0)`;
}
