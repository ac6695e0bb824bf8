import type { SourceColumn } from "./port.ts";

export interface TimeColumns {
  readonly timestampField: string | null;
  readonly createdTimestampColumn: string | null;
}

/** Names that say what a time is, best first. */
const EVENT_NAMES = [/^event_?(time|timestamp|ts|at)$/i, /^(timestamp|datetime|ts|time)$/i, /(event|observed|occurred|happened|measured)/i];
const CREATED_NAMES = [/^created(_?(time|timestamp|ts|at))?$/i, /(created|ingested|inserted|loaded|recorded|received|updated)/i];

/**
 * Which columns hold event time and created time, by type and name: timestamps first; numbers and texts only under a name that says so.
 * `isText`: the file is one whose columns may be read as times (CSV, JSON lines).
 */
export function proposeTimes(columns: readonly SourceColumn[], isText: boolean): TimeColumns {
  const times = columns.filter(({ type }) => type === "timestamp");
  const maybe = columns.filter(({ type }) => isText && type === "string");
  const created = firstNamed(times, CREATED_NAMES) ?? firstNamed(maybe, CREATED_NAMES);
  const rest = times.filter((column) => column !== created);
  const event = firstNamed(rest, EVENT_NAMES) ?? rest[0] ?? firstNamed(maybe, EVENT_NAMES);
  // a lone time is the event's, whatever its name
  if (event === undefined) return { timestampField: created?.name ?? null, createdTimestampColumn: null };
  return { timestampField: event.name, createdTimestampColumn: created?.name ?? null };
}

function firstNamed(columns: readonly SourceColumn[], patterns: readonly RegExp[]): SourceColumn | undefined {
  for (const pattern of patterns) {
    const found = columns.find(({ name }) => pattern.test(name));
    if (found !== undefined) return found;
  }
  return undefined;
}
