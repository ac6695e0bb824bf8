import { Gauge, type Registry as PrometheusRegistry } from "prom-client";
import type { Heartbeats } from "../jobs/index.ts";
import type { Registry } from "../registry/index.ts";
import type { RunLog } from "../runs/index.ts";

export interface RunMetricsDeps {
  readonly registry: Registry;
  readonly runLog: Pick<RunLog, "list">;
  readonly heartbeats: Pick<Heartbeats, "last">;
}

const ACTIVE = ["queued", "running"] as const;

/** Whether anyone works, and how much waits for it, as Prometheus gauges. */
export function runGauges(registry: PrometheusRegistry, deps: RunMetricsDeps): { refresh(): Promise<void> } {
  const registers = [registry];
  const runs = new Gauge({ name: "larder_runs_active", help: "Runs that wait or are under way", labelNames: ["project", "state"], registers });
  const seen = new Gauge({ name: "larder_worker_seen_timestamp_seconds", help: "Last sign of life of any worker; 0: there never was one", registers });
  return {
    async refresh() {
      const [projects, workerSeenAt] = await Promise.all([deps.registry.listProjects(), deps.heartbeats.last("worker")]);
      const counted = await Promise.all(
        projects.flatMap(({ name: project }) =>
          ACTIVE.map(async (state) => ({ project, state, count: (await deps.runLog.list({ project, states: [state], page: 1, pageSize: 1 })).total })),
        ),
      );
      runs.reset();
      for (const { project, state, count } of counted) runs.set({ project, state }, count);
      seen.set(workerSeenAt === null ? 0 : Number(workerSeenAt / 1_000_000n));
    },
  };
}
