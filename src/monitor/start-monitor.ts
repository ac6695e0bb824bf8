import { type Leases, runPeriodically } from "../jobs/index.ts";
import type { Logger, Micros } from "../kit/index.ts";
import { type ChannelDeps, deliverAlerts } from "../notify/index.ts";
import type { Registry } from "../registry/index.ts";
import { type JudgeDueDeps, judgeDue } from "./drift/judge-due.ts";
import { type ProbeOnlineDeps, probeOnline } from "./expiry/probe-online.ts";
import { forEachProject } from "./for-each-project.ts";
import { checkFreshness, type FreshnessCheckDeps } from "./freshness/freshness-check.ts";
import { type ProbeSourcesDeps, probeSources } from "./freshness/probe-sources.ts";
import { type KeepRecentDeps, keepRecent } from "./keep-recent.ts";
import { type CompareSamplesDeps, compareSamples } from "./parity/compare-samples.ts";
import { checkParity, type ParityCheckDeps } from "./parity/parity-check.ts";
import { type WatchQualityDeps, watchQuality } from "./quality/watch-quality.ts";

export type MonitorDeps = FreshnessCheckDeps &
  ProbeSourcesDeps &
  ProbeOnlineDeps &
  CompareSamplesDeps &
  ParityCheckDeps &
  JudgeDueDeps &
  WatchQualityDeps &
  KeepRecentDeps &
  Pick<ChannelDeps, "alertSender"> & {
    readonly registry: Registry;
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

/**
 * The alerting tick: judges every view, moves incidents, sends alerts. Console and worker both run it, under one lease, so that it goes on
 * when either is gone. Resolves when the signal has ended it.
 */
export function startWatch(deps: MonitorDeps, signal: AbortSignal): Promise<void> {
  const lease = { leases: deps.leases, holder: deps.processName };
  let lookedAt: Micros | null = null;
  return runPeriodically({ name: "monitor", everyMs: WATCH_MS, lease, logger: deps.logger, signal }, async () => {
    const now = deps.clock.now();
    const keepLooks = lookedAt === null || now / LOOK_EVERY_MICROS !== lookedAt / LOOK_EVERY_MICROS;
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
