import type { ViewVersion } from "../../domain/index.ts";
import type { Clock } from "../../kit/index.ts";
import { type DriftSettings, defaultWindowSeconds, judgingKey } from "./drift-settings.ts";
import { findHistoryStart, type JudgedVersion } from "./find-baseline.ts";
import type { OpenRowsDeps } from "./open-rows.ts";
import type { DriftState } from "./port.ts";

export interface Judging {
  readonly project: string;
  readonly version: ViewVersion;
  readonly settings: DriftSettings;
  readonly state: DriftState | null;
  /** What the view is renewed in; null: unknown. */
  readonly intervalSeconds: number | null;
}

/** Under these settings the state's windows were judged: how long they are, and what they were judged under. Null: under others, or none. */
export function judgedBefore({
  version,
  settings,
  state,
}: Pick<Judging, "version" | "settings" | "state">): { readonly windowSeconds: number; readonly key: string } | null {
  if (state === null || state.windowSeconds === null || state.historyFrom === null) return null;
  if (settings.windowSeconds !== null && settings.windowSeconds !== state.windowSeconds) return null;
  const key = judgingKey(version, settings, state.windowSeconds);
  return key === state.judgingKey ? { windowSeconds: state.windowSeconds, key } : null;
}

/**
 * A view as it is judged. What was settled when its windows were begun stays, so that neither another rhythm nor rows that go away move a
 * frozen baseline; else it is found out from the rows. Null while the source has none.
 */
export async function judgedVersion(
  deps: OpenRowsDeps & { readonly clock: Clock },
  judging: Judging,
): Promise<(JudgedVersion & { readonly judgingKey: string }) | null> {
  const { project, version, settings, state, intervalSeconds } = judging;
  const before = judgedBefore(judging);
  if (before !== null && state?.historyFrom != null)
    return { project, version, settings, windowSeconds: before.windowSeconds, historyFrom: state.historyFrom, judgingKey: before.key };
  const windowSeconds = settings.windowSeconds ?? defaultWindowSeconds(intervalSeconds);
  const found = await findHistoryStart(deps, version, { windowSeconds, rowsMin: settings.rule.rowsMin, now: deps.clock.now() });
  const key = judgingKey(version, settings, windowSeconds);
  return found && { project, version, settings, windowSeconds, historyFrom: found.start, judgingKey: key };
}
