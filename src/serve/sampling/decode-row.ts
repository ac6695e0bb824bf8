import { unpackEntityKey, unpackRow } from "../../online/index.ts";
import type { ServedSample } from "./port.ts";
import type { DrawnRow } from "./sample-buffer.ts";

/** A drawn row as values. Throws internal for bytes that are no key or row of this release. */
export function decodeRow({ project, view, features, key, row, isExpired, servedAt }: DrawnRow): ServedSample {
  const head = { project, view, key: unpackEntityKey(view, key), servedAt, features };
  if (row === null) return { ...head, status: "NOT_FOUND", event: null, created: null, values: null };
  const { event, created, values } = unpackRow(view, row, features);
  if (isExpired) return { ...head, status: "OUTSIDE_MAX_AGE", event, created, values: null };
  return { ...head, status: "PRESENT", event, created, values };
}
