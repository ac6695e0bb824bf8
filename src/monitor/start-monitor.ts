import { type Leases, runPeriodically } from "../jobs/index.ts";
import type { Logger, Micros } from "../kit/index.ts";
import { type ChannelDeps, deliverAlerts } from "../notify/index.ts";
import type { Registry } from "../registry/index.ts";
import { type JudgeDueDeps, judgeDue } from "./drift/judge-due.ts";
import { type ProbeOnlineDeps, probeOnline } from "./expiry/probe-online.ts";
import { forEachProject } from "./for-each-project.ts";
import { checkFreshness, type FreshnessCheckDeps } from "./freshness/freshness-check.ts";
import { type ProbeSourcesDeps, probeSources } from "./freshness/probe-sources.ts";
import { type CompareSamplesDeps, compareSamples } from "./parity/compare-samples.ts";
import { checkParity, type ParityCheckDeps } from "./parity/parity-check.ts";
import { QUALITY_KEPT, type WatchQualityDeps, watchQuality } from "./quality/watch-quality.ts";
import type { ServedSamples } from "./served/port.ts";

export type MonitorDeps = FreshnessCheckDeps &
  ProbeSourcesDeps &
  ProbeOnlineDeps &
  CompareSamplesDeps &
  ParityCheckDeps &
  JudgeDueDeps &
  WatchQualityDeps &
  Pick<ChannelDeps, "alertSender"> & {
    readonly registry: Registry;
    readonly servedSamples: ServedSamples;
    readonly leases: Leases;
    readonly processName: string;
    readonly logger: Logger;
  };

const WATCH_MS = 10_000;
const PROBE_MS = 15_000;
const PROBE_MS_MAX = 30_000;
const PARITY_MS = 60_000;
const PARITY_MS_MAX = 45_000;
const DRIFT_MS = 20_000;
const DRIFT_MS_MAX = 40_000;
const QUALITY_MS = 30_000;
const QUALITY_MS_MAX = 120_000;
const RETENTION_MS = 3_600_000;
const LOOK_EVERY_MICROS = 300_000_000n;
const SERVED_KEPT_MICROS = 7n * 86_400_000_000n;
const INCIDENTS_KEPT_MICROS = 400n * 86_400_000_000n;
const COUNTS_KEPT_MICROS = 90n * 86_400_000_000n;
const SERVED_ROWS_PER_VIEW_MAX = 100_000;
const SERVED_ROWS_MAX = 1_000_000;
const HOURS_KEPT_MICROS = 30n * 86_400_000_000n;

/**
 * The alerting tick: judges every view, moves incidents, sends alerts. Console and worker both run it, under one lease, so that it goes on
 * when either is gone. Resolves when the signal has ended it.
 */
export function startWatch(deps: MonitorDeps, signal: AbortSignal): Promise<void> {
  const lease = { leases: deps.leases, holder: deps.processName };
  let lookedAt: Micros | null = null;
  return runPeriodically({ name: "monitor", everyMs: WATCH_MS, lease, logger: deps.logger, signal }, async () => {
    const now = deps.clock.now();
    const keepLooks = lookedAt === null || now / LOOK_EVERY_MICROS > lookedAt / LOOK_EVERY_MICROS;
    await watchOnce(deps, keepLooks);
    if (keepLooks) lookedAt = now;
  });
}

/** One tick over all projects. */
export async function watchOnce(deps: MonitorDeps, keepLooks: boolean): Promise<void> {
  await forEachProject(deps, { name: "freshness" }, async (project) => void (await checkFreshness(deps, project, { keepLooks })));
  await deliverAlerts(deps);
}

/** What only a worker does: it reads sources and online rows, judges drift and quality, and folds what is old into days. */
export async function startProbes(deps: MonitorDeps, signal: AbortSignal): Promise<void> {
  const loop = { lease: { leases: deps.leases, holder: deps.processName }, logger: deps.logger, signal };
  await Promise.all([
    runPeriodically({ ...loop, name: "probes", everyMs: PROBE_MS }, async (held) => {
      // Each has its own time: neither slow sources nor many online rows keep the other from being looked at.
      await probeEach(deps, probeSources, within(PROBE_MS_MAX, held));
      await probeEach(deps, probeOnline, within(PROBE_MS_MAX, held));
    }),
    runPeriodically({ ...loop, name: "parity", everyMs: PARITY_MS }, (held) => compareOnce(deps, within(PARITY_MS_MAX, held))),
    runPeriodically({ ...loop, name: "quality", everyMs: QUALITY_MS }, (held) => watchQuality(deps, within(QUALITY_MS_MAX, held))),
    runPeriodically({ ...loop, name: "retention", everyMs: RETENTION_MS }, () => keepRecent(deps)),
    runPeriodically({ ...loop, name: "drift", everyMs: DRIFT_MS }, (held) => judgeDriftOnce(deps, within(DRIFT_MS_MAX, held), held)),
  ]);
}

/** One round of comparing what was served with the history, over all projects. */
export async function compareOnce(deps: MonitorDeps, signal: AbortSignal): Promise<void> {
  await forEachProject(deps, { name: "parity", signal }, async (project) => {
    await compareSamples(deps, project, signal);
    await checkParity(deps, project);
  });
}

/** Old samples go: what was measured and judged folds into days, what was served, and what is long over, is forgotten. */
async function keepRecent({ monitorStore, driftStore, qualityStore, servedSamples, incidents, clock }: MonitorDeps): Promise<void> {
  await monitorStore.foldHours(clock.now() - HOURS_KEPT_MICROS);
  await driftStore.foldWindows(clock.now() - HOURS_KEPT_MICROS);
  await qualityStore.forget(clock.now() - QUALITY_KEPT);
  await incidents.forget(clock.now() - INCIDENTS_KEPT_MICROS);
  await servedSamples.sweep({
    before: clock.now() - SERVED_KEPT_MICROS,
    countsBefore: clock.now() - COUNTS_KEPT_MICROS,
    rowsPerViewMax: SERVED_ROWS_PER_VIEW_MAX,
    rowsMax: SERVED_ROWS_MAX,
  });
}

/** One round of judging drift over all projects: what is new, and some of the past. */
function judgeDriftOnce(deps: MonitorDeps, signal: AbortSignal, stop: AbortSignal): Promise<void> {
  return forEachProject(deps, { name: "drift", signal }, async (project) => {
    const snapshot = await deps.registry.snapshot(project.name);
    if (snapshot !== null) await judgeDue(deps, { project, snapshot, signal, stop });
  });
}

/** One round of measuring over all projects; what there is no time for comes in the next. */
export async function probeOnce(deps: MonitorDeps, signal: AbortSignal): Promise<void> {
  await probeEach(deps, probeSources, signal);
  await probeEach(deps, probeOnline, signal);
}

async function probeEach(deps: MonitorDeps, probe: typeof probeSources | typeof probeOnline, signal: AbortSignal): Promise<void> {
  await forEachProject(deps, { name: probe.name, signal }, async (project) => {
    const snapshot = await deps.registry.snapshot(project.name);
    if (snapshot !== null) await probe(deps, { project, snapshot, signal });
  });
}

function within(ms: number, signal: AbortSignal): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(ms)]);
}
