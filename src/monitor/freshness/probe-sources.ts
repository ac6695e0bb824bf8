import { FUTURE_SKEW_SECONDS_DEFAULT } from "../../domain/index.ts";
import { type Clock, type Micros, toLarderError } from "../../kit/index.ts";
import { canMaterializeFrom } from "../../materialize/index.ts";
import type { OfflineStore } from "../../offline/index.ts";
import type { Project, RegistrySnapshot } from "../../registry/index.ts";
import { isDueAgain } from "../is-due.ts";
import type { MonitorStore, SourceProbe, StoredFacts } from "../port.ts";
import { runsBySchedule } from "./judge-views.ts";
import { sourceLookSeconds } from "./look-interval.ts";

export interface ProbeSourcesDeps {
  readonly monitorStore: MonitorStore;
  readonly offline: OfflineStore;
  readonly clock: Clock;
}

/**
 * Measures the sources of views that have no schedule to be judged by, each as often as its rhythm asks for, the one measured longest ago
 * first. Ends early when the signal aborts.
 */
export async function probeSources(deps: ProbeSourcesDeps, { project, snapshot, signal, byHand }: ProbeRound): Promise<number> {
  const [facts, probes] = await Promise.all([deps.monitorStore.freshnessFacts(project, byHand?.views ?? null), deps.monitorStore.sourceProbes(project.name)]);
  const known = new Map(probes.map((probe) => [probe.source, probe]));
  const measuredAt = ({ source }: StoredFacts) => known.get(source?.name ?? "")?.measuredAt ?? 0n;
  const done = new Set<string>();
  for (const one of facts.toSorted((a, b) => Number(measuredAt(a) - measuredAt(b)))) {
    const view = snapshot.views.get(one.view);
    if (signal.aborted) break;
    if (!view?.newest.batchSource || !canMaterializeFrom(view.newest.batchSource.type) || runsBySchedule(one)) continue;
    const source = view.view.source;
    if (done.has(source) || !(byHand || isDue(known.get(source) ?? null, deps.clock.now()))) continue;
    done.add(source);
    const rhythm = await deps.offline.rhythm(view.newest, latestEvent(deps.clock.now())).then(
      (found) => ({ ...found, error: null }),
      (error: unknown) => ({ ...forgotten(known.get(source)), error: toLarderError(error).message }),
    );
    await deps.monitorStore.saveSourceProbe(project.name, { source, ...rhythm, measuredAt: deps.clock.now() });
  }
  return done.size;
}

export interface ProbeRound {
  readonly project: Project;
  readonly snapshot: RegistrySnapshot;
  readonly signal: AbortSignal;
  /** Asked for by hand: these views (null: all), whenever they were looked at last. */
  readonly byHand?: { readonly views: readonly string[] | null };
}

/** Rows beyond the allowed skew are refused wherever rows are read: one of the next century must not hide that a source is silent. */
function latestEvent(now: Micros): Micros {
  return now + BigInt(FUTURE_SKEW_SECONDS_DEFAULT) * 1_000_000n;
}

/** A source that cannot be read now keeps what was known of it. */
function forgotten(before: SourceProbe | undefined) {
  return { newestEvent: before?.newestEvent ?? null, usualAgeSeconds: before?.usualAgeSeconds ?? null };
}

function isDue(probe: SourceProbe | null, now: Micros): boolean {
  if (probe === null) return true;
  return isDueAgain(probe.measuredAt, BigInt(Math.round(sourceLookSeconds(probe.usualAgeSeconds))) * 1_000_000n, now);
}
