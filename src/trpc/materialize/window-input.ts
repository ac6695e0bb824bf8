import { z } from "zod";
import { parseTimestamp } from "../../kit/index.ts";
import type { MaterializeWindow } from "../../materialize/index.ts";

/** What a click asks to copy; times in ISO 8601, a time without a zone is UTC. */
export const windowInput = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("incremental"), end: z.string().max(40).nullable() }),
  z.object({ kind: z.literal("range"), start: z.string().max(40), end: z.string().max(40) }),
  z.object({ kind: z.literal("everything") }),
]);

export type WindowInput = z.output<typeof windowInput>;

/** Throws invalid_argument for a time that is none. */
export function readWindow(window: WindowInput): MaterializeWindow {
  switch (window.kind) {
    case "everything":
      return window;
    case "range":
      return { kind: "range", start: parseTimestamp(window.start, "From"), end: parseTimestamp(window.end, "To") };
    case "incremental":
      return { kind: "incremental", end: window.end === null ? null : parseTimestamp(window.end, "End") };
  }
}
