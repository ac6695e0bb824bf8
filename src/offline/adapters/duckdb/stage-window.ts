import type { Micros } from "../../../kit/index.ts";
import type { StageWindow } from "../../port.ts";
import { quoteInt64 } from "./quote.ts";
import type { ViewRows } from "./view-rows.ts";

/**
 * Conditions for the rows that a run of this window reads, those included that it rejects: rows without an event time when it reads
 * everything, and rows too far ahead unless it asks for an explicit range.
 */
export function windowConditions(rows: ViewRows, window: StageWindow, eventMax: Micros): readonly string[] {
  switch (window.kind) {
    case "everything":
      return window.end >= eventMax ? [] : [`${rows.event} IS NULL OR ${rows.event} <= ${quoteInt64(window.end)} OR ${rows.event} > ${quoteInt64(eventMax)}`];
    case "range":
      return rows.eventWithin(window.start, window.end);
    case "incremental": {
      const after = rows.eventWithin(window.eventAfter + 1n, null);
      const isNew = `${rows.event} <= ${quoteInt64(window.end)} OR ${rows.event} > ${quoteInt64(eventMax)}`;
      if (window.createdAfter === null) return [...after, isNew];
      const isLate = `${rows.created} > ${quoteInt64(window.createdAfter)} AND ${rows.created} <= ${quoteInt64(window.createdUntil)}`;
      return [`(${[...after, isNew].map((sql) => `(${sql})`).join(" AND ")}) OR (${isLate})`];
    }
  }
}
