import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry as PrometheusRegistry } from "prom-client";
import type { Clock, Logger } from "../kit/index.ts";
import { DROP_REASONS, type SamplingObserver, type ServeObserver, type SnapshotCache } from "../serve/index.ts";
import { type MonitorMetricsDeps, monitorGauges } from "./monitor-metrics.ts";
import { refreshAtMost } from "./refresh-at-most.ts";
import { type RunMetricsDeps, runGauges } from "./run-metrics.ts";

/** Of what others write down in the database. */
export type BackgroundMetricsDeps = MonitorMetricsDeps & RunMetricsDeps;

/** What Prometheus is told: requests here, rows through the observer's eyes, snapshots when asked. */
export interface HttpMetrics extends ServeObserver {
  /** A request was answered. `route` is the pattern, never the path, so that the number of series stays small. */
  answered(route: string, status: number, seconds: number): void;
  readonly sampling: SamplingObserver;
  /** The age and revision of these snapshots are part of the answer from now on. */
  watchSnapshots(snapshots: SnapshotCache, clock: Clock): void;
  /** What workers and the monitor know is part of the answer from now on; without the database the answer holds what was known last. */
  watchBackground(deps: BackgroundMetricsDeps): void;
  text(): Promise<string>;
  readonly contentType: string;
}

/** What the database knows changes slowly and is dear to read; a process that serves reads it no more often than this, however many ask. */
const BACKGROUND_MS = 30_000;
const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export function createMetrics(logger: Logger): HttpMetrics {
  const registry = new PrometheusRegistry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: "larder_http_request_duration_seconds",
    help: "Time to answer, by route and status",
    labelNames: ["route", "status"],
    buckets: SECONDS,
    registers,
  });
  const requests = new Counter({ name: "larder_http_requests_total", help: "Requests answered", labelNames: ["route", "status"], registers });
  const read = new Counter({
    name: "larder_online_rows_read_total",
    help: "Rows asked for, by what became of them",
    labelNames: ["project", "view", "status"],
    registers,
  });
  const written = new Counter({
    name: "larder_online_rows_pushed_total",
    help: "Rows pushed or written; skipped_behind: accepted, but unfit for the version that is still served",
    labelNames: ["project", "view", "door", "result"],
    registers,
  });
  const failures = new Counter({ name: "larder_registry_refresh_failures_total", help: "Snapshots that could not be refreshed", registers });
  const refreshedAt = new Gauge({
    name: "larder_background_refreshed_timestamp_seconds",
    help: "When the figures of workers and monitor were read last; they stay as they were while the database is away",
    registers,
  });
  let refreshBackground = async (): Promise<void> => undefined;
  const answeredAs = remembered((route, status) => ({ time: duration.labels(route, status), count: requests.labels(route, status) }));
  const readAs = remembered((project, view) => ({
    present: read.labels(project, view, "present"),
    notFound: read.labels(project, view, "not_found"),
    expired: read.labels(project, view, "outside_max_age"),
  }));
  return {
    answered(route, status, seconds) {
      const { time, count } = answeredAs(route, String(status));
      time.observe(seconds);
      count.inc();
    },
    readRows({ project, view, present, notFound, expired }) {
      const counters = readAs(project, view);
      if (present > 0) counters.present.inc(present);
      if (notFound > 0) counters.notFound.inc(notFound);
      if (expired > 0) counters.expired.inc(expired);
    },
    wroteRows({ project, view, door, accepted, rejected, skippedBehind }) {
      if (accepted > 0) written.inc({ project, view, door, result: "accepted" }, accepted);
      if (rejected > 0) written.inc({ project, view, door, result: "rejected" }, rejected);
      if (skippedBehind > 0) written.inc({ project, view, door, result: "skipped_behind" }, skippedBehind);
    },
    refreshFailed(error) {
      failures.inc();
      logger.warn({ err: error }, "the registry did not answer; serving goes on from memory");
    },
    sampling: samplingCounters(registry),
    watchSnapshots: (snapshots, clock) => watchSnapshots(registry, snapshots, clock),
    watchBackground(deps) {
      const background = [monitorGauges(registry, deps), runGauges(registry, deps)];
      refreshBackground = refreshAtMost(BACKGROUND_MS, async () => {
        await Promise.all(background.map((gauges) => gauges.refresh()));
        refreshedAt.setToCurrentTime();
      });
    },
    async text() {
      const warn = (error: unknown) => logger.warn({ err: error }, "no new figures of workers and monitor: the database did not answer");
      await refreshBackground().catch(warn);
      return registry.metrics();
    },
    contentType: registry.contentType,
  };
}

function samplingCounters(registry: PrometheusRegistry): SamplingObserver {
  const counter = (name: string, help: string, labelNames: readonly string[] = []) =>
    new Counter({ name, help, labelNames: [...labelNames], registers: [registry] });
  const sampled = counter("larder_served_samples_drawn_total", "Served rows that were drawn to be kept");
  const stored = counter("larder_served_samples_stored_total", "Served rows that were kept");
  const dropped = counter("larder_served_samples_dropped_total", "Served rows that were drawn but not kept", ["reason"]);
  const droppedFor = new Map(DROP_REASONS.map((reason) => [reason, dropped.labels(reason)]));
  for (const counter of droppedFor.values()) counter.inc(0);
  return {
    sampled: (rows) => sampled.inc(rows),
    stored: (rows) => stored.inc(rows),
    dropped: (reason, rows) => droppedFor.get(reason)?.inc(rows),
  };
}

function watchSnapshots(registry: PrometheusRegistry, snapshots: SnapshotCache, clock: Clock): void {
  const gauge = (name: string, help: string, of: (state: ReturnType<SnapshotCache["states"]>[number]) => number): void => {
    new Gauge({
      name,
      help,
      labelNames: ["project"],
      registers: [registry],
      collect() {
        this.reset();
        for (const state of snapshots.states()) this.set({ project: state.project }, of(state));
      },
    });
  };
  gauge("larder_registry_snapshot_revision", "Revision of the registry snapshot in memory", ({ revision }) => revision);
  gauge("larder_registry_snapshot_age_seconds", "Since the registry last confirmed the snapshot", ({ confirmedAt }) => Number(clock.now() - confirmedAt) / 1e6);
}

/** Looks up labelled metrics once per pair of labels: hashing labels on every request costs more than counting. */
function remembered<T>(make: (a: string, b: string) => T): (a: string, b: string) => T {
  const byFirst = new Map<string, Map<string, T>>();
  return (a, b) => {
    const bySecond = byFirst.get(a) ?? new Map<string, T>();
    byFirst.set(a, bySecond);
    const known = bySecond.get(b);
    if (known !== undefined) return known;
    const made = make(a, b);
    bySecond.set(b, made);
    return made;
  };
}
