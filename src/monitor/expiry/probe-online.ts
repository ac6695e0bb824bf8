import { type Clock, type Micros, toLarderError } from "../../kit/index.ts";
import type { OnlineStores } from "../../materialize/index.ts";
import { rowSpace } from "../../online/index.ts";
import type { SnapshotView } from "../../registry/index.ts";
import { runsBySchedule } from "../freshness/judge-views.ts";
import { onlineLookSeconds } from "../freshness/look-interval.ts";
import type { ProbeRound } from "../freshness/probe-sources.ts";
import { isDueAgain } from "../is-due.ts";
import type { MonitorStore, OnlineProbe, StoredFacts } from "../port.ts";
import { expiryOf } from "./expiry.ts";

export interface ProbeOnlineDeps {
  readonly monitorStore: MonitorStore;
  readonly onlineStores: OnlineStores;
  readonly clock: Clock;
}

/** Rows to look at, at most: where the store reads their times cheaply, and where it does not. */
const [ROWS_MAX_CHEAP, ROWS_MAX_DEAR] = [2_000_000, 20_000];

/**
 * Looks at the online rows of views that were not looked at for a while, or were materialized since, the one looked at longest ago first.
 * Ends early when the signal aborts.
 */
export async function probeOnline(deps: ProbeOnlineDeps, round: ProbeRound): Promise<number> {
  const { project, snapshot, signal, byHand } = round;
  const [facts, probes] = await Promise.all([
    deps.monitorStore.freshnessFacts(project, byHand?.views ?? null),
    deps.monitorStore.onlineProbes(project.name, null),
  ]);
  const known = new Map(probes.map((probe) => [probe.view, probe]));
  const measuredAt = ({ view }: StoredFacts) => known.get(view)?.measuredAt ?? 0n;
  let looked = 0;
  for (const one of facts.toSorted((a, b) => Number(measuredAt(a) - measuredAt(b)))) {
    const { view: name, online } = one;
    const view = snapshot.views.get(name);
    if (signal.aborted) break;
    if (!online || view === undefined || !(byHand || isDue(known.get(name) ?? null, one, deps.clock.now()))) continue;
    await deps.monitorStore.saveOnlineProbe(project.name, await probe(deps, round, { view, before: known.get(name) ?? null }));
    looked += 1;
  }
  return looked;
}

async function probe(
  deps: ProbeOnlineDeps,
  { project }: ProbeRound,
  { view, before }: { readonly view: SnapshotView; readonly before: OnlineProbe | null },
): Promise<OnlineProbe> {
  const { versionId, view: name } = view.ready ?? view.newest;
  const { ttlSeconds } = view.view;
  const about = { view: name, versionId, ttlSeconds, store: project.settings.onlineStore.type };
  try {
    const store = deps.onlineStores.forProject(project);
    const space = rowSpace(project, { versionId });
    const [count, times] = await Promise.all([store.count(space), store.eventTimes(space, store.readsTimesCheaply ? ROWS_MAX_CHEAP : ROWS_MAX_DEAR)]);
    const measuredAt = deps.clock.now();
    const expiry = expiryOf(times.events, ttlSeconds, measuredAt);
    return { ...about, ...expiry, keys: times.exact ? expiry.looked : Math.max(count.keys, expiry.looked), exact: times.exact, error: null, measuredAt };
  } catch (error) {
    const blank = { keys: 0, looked: 0, expired: 0, exact: false, newestEvent: null, oldestEvent: null, ages: [] };
    return { ...blank, ...before, ...about, error: toLarderError(error).message, measuredAt: deps.clock.now() };
  }
}

function isDue(probe: OnlineProbe | null, facts: StoredFacts, now: Micros): boolean {
  const again = BigInt(Math.round(onlineLookSeconds(runsBySchedule(facts) ? null : facts.ownObjectiveSeconds))) * 1_000_000n;
  return probe === null || isDueAgain(probe.measuredAt, again, now) || (facts.lastGoodRunAt !== null && facts.lastGoodRunAt > probe.measuredAt);
}
