import { Gauge, type Registry as PrometheusRegistry } from "prom-client";
import type { Clock } from "../kit/index.ts";
import { PARITY_SPAN_MICROS, type ParityStore } from "../monitor/index.ts";
import type { Registry } from "../registry/index.ts";

export interface ParityMetricsDeps {
  readonly registry: Registry;
  readonly parityStore: Pick<ParityStore, "recent">;
  readonly clock: Clock;
}

/** How what was served compares with the history, as Prometheus gauges. */
export function parityGauges(registry: PrometheusRegistry, deps: ParityMetricsDeps): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: ["project", "view"], registers: [registry] });
  const compared = gauge("larder_parity_compared", "Served rows of a view that were compared with the history of late");
  const mismatches = gauge("larder_parity_mismatch_ratio", "Share of the compared rows in which a served value is not what the history says");
  return {
    async refresh() {
      const since = deps.clock.now() - PARITY_SPAN_MICROS;
      const projects = await deps.registry.listProjects();
      const seen = await Promise.all(
        projects.map(async ({ name: project }) => (await deps.parityStore.recent(project, since, null)).map((one) => ({ project, ...one }))),
      );
      compared.reset();
      mismatches.reset();
      for (const one of seen.flat()) {
        const { project, view } = one;
        compared.set({ project, view }, one.compared);
        if (one.compared > 0) mismatches.set({ project, view }, one.mismatches / one.compared);
      }
    },
  };
}
