import type { WindowInput } from "../../trpc/index.ts";

export type WindowKind = WindowInput["kind"];

/** What the form holds: the kind, and both ends of a range as a datetime-local field gives them (UTC, to the minute or second). */
export interface WindowChoice {
  readonly kind: WindowKind;
  readonly from: string;
  readonly to: string;
}

export type ChosenWindow = { readonly ok: true; readonly window: WindowInput } | { readonly ok: false; readonly reason: string };

/** The window to ask about, or what is still missing. Whether it makes sense is the server's to say. */
export function chosenWindow({ kind, from, to }: WindowChoice): ChosenWindow {
  switch (kind) {
    case "incremental":
      return { ok: true, window: { kind, end: null } };
    case "everything":
      return { ok: true, window: { kind } };
    case "range":
      if (from === "" || to === "") return { ok: false, reason: "Choose both ends of the range." };
      return { ok: true, window: { kind, start: `${from}Z`, end: `${to}Z` } };
  }
}

/** The day that ends now, to begin with. */
export function lastDay(nowMs: number): Pick<WindowChoice, "from" | "to"> {
  return { from: toField(nowMs - 86_400_000), to: toField(nowMs) };
}

function toField(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}
