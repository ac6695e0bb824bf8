import type { Micros } from "../../kit/index.ts";
import type { JudgedVersion } from "./find-baseline.ts";
import { type OpenRowsDeps, openRows } from "./open-rows.ts";
import type { DriftState, DriftStore } from "./port.ts";
import { lastWindowOver, type TimeWindow, windowAt } from "./windows.ts";

export interface RevisitDeps extends OpenRowsDeps {
  readonly driftStore: Pick<DriftStore, "state" | "windows" | "forgetAfter">;
}

/** Windows that are looked at once more when the next is judged: as many as an incident needs to close. */
const LOOKED_AT_AGAIN = 3;

/** Forgets windows that are not over by the clock of now: judged while it was ahead, they are empty, and in the way of those that come. */
export async function withoutFuture(
  deps: RevisitDeps,
  { project, version, windowSeconds, state }: JudgedVersion & { readonly state: DriftState },
  now: Micros,
): Promise<DriftState> {
  if (state.judged === null || state.judged.end <= windowAt(now, windowSeconds).end) return state;
  const key = { project, view: version.view };
  await deps.driftStore.forgetAfter(key, lastWindowOver(now, windowSeconds).end);
  return (await deps.driftStore.state(key)) ?? state;
}

/** Of the windows judged last, those that have more rows by now. Where rows are gone, what was said of them stays. */
export async function grownWindows(deps: RevisitDeps, { project, version, settings }: JudgedVersion, signal: AbortSignal): Promise<readonly TimeWindow[]> {
  if (settings.values === "served") return []; // these are there at once
  const grown: TimeWindow[] = [];
  for (const { window, rows } of await deps.driftStore.windows({ project, view: version.view }, LOOKED_AT_AGAIN)) {
    const now = await openRows(deps, { kind: "view", view: version, ranges: [window] }, { columns: [], like: [], signal }, async (opened) => opened.rows);
    if (now > rows) grown.push(window);
  }
  return grown;
}
