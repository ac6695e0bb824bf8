import { Gauge, type Registry as PrometheusRegistry } from "prom-client";
import type { Micros } from "../kit/index.ts";
import {
  type DriftStore,
  type IncidentStore,
  type JudgedView,
  type JudgeViewsDeps,
  judgeViews,
  type OnlineProbe,
  type ParityStore,
  type QualityLook,
  type QualityStore,
} from "../monitor/index.ts";
import type { Registry } from "../registry/index.ts";

export type MonitorMetricsDeps = JudgeViewsDeps & {
  readonly registry: Registry;
  readonly incidents: IncidentStore;
  readonly driftStore: DriftStore;
  readonly qualityStore: Pick<QualityStore, "looks">;
  readonly parityStore: Pick<ParityStore, "counts">;
};

/** Features with samples of their own; of the others there are counts. */
const DRIFT_FEATURES_MAX = 2_000;

/** Freshness, ttl staleness, quality, drift, parity and incidents as Prometheus gauges, judged when they are asked for. */
export function monitorGauges(registry: PrometheusRegistry, deps: MonitorMetricsDeps): { refresh(): Promise<void> } {
  const gauge = (name: string, help: string, labelNames: readonly string[]) => new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
  const ofView = ["project", "view"];
  const gauges = {
    age: gauge("larder_view_age_seconds", "Since the newest event time of a view", ofView),
    runAge: gauge("larder_view_run_age_seconds", "Since the end of the last good run of a view with a schedule", ofView),
    objective: gauge("larder_view_freshness_objective_seconds", "How old a view may be", ofView),
    state: gauge("larder_view_freshness_state", "1 for the state that a view is in; the other states have no sample", [...ofView, "state"]),
    keys: gauge("larder_online_keys", "Online keys of a view at the last look", ofView),
    expired: gauge("larder_online_expired_ratio", "Share of the looked-at online keys that are older than the ttl", ofView),
    findings: gauge("larder_quality_findings", "What is wrong with the rows of a view's newest day", ofView),
    dayRows: gauge("larder_quality_day_rows", "Rows of a view's newest day that is over", ofView),
    driftPsi: gauge("larder_drift_psi", `PSI of a feature in its newest judged window; the ${DRIFT_FEATURES_MAX} that shift most`, [...ofView, "feature"]),
    driftVerdict: gauge("larder_drift_verdict", "1 for the verdict on a feature in its newest judged window", [...ofView, "feature", "verdict"]),
    driftFeatures: gauge("larder_drift_features", "Features by the verdict on their newest judged window", ["project", "verdict"]),
    driftJudged: gauge("larder_drift_judged_timestamp_seconds", "End of the newest window of a view that was judged", ofView),
    parity: gauge("larder_parity_rows", "Served rows of today and yesterday (UTC) by what comparing them with the history found", [...ofView, "found"]),
    incidents: gauge("larder_incidents_open", "Open incidents", ["project", "check", "severity"]),
  };
  return {
    async refresh() {
      const projects = await deps.registry.listProjects();
      const seen = await Promise.all(
        projects.map(async (project) => ({
          project: project.name,
          judged: await judgeViews(deps, project),
          probes: await deps.monitorStore.onlineProbes(project.name, null),
          open: await deps.incidents.countOpen(project.name),
          looks: await deps.qualityStore.looks(project.name, null),
          drift: await readDrift(project.name),
          parity: await deps.parityStore.counts({ project: project.name, from: yesterday(deps.clock.now()), view: null, of: "rows" }),
        })),
      );
      for (const one of Object.values(gauges)) one.reset();
      for (const { project, judged, probes, looks, open, drift, parity } of seen) {
        for (const view of judged) setView(project, view);
        for (const probe of probes) setProbe(project, probe);
        for (const look of looks) setLook(project, look);
        setDrift(project, drift);
        for (const { view, found, samples } of parity) gauges.parity.inc({ project, view, found }, samples);
        for (const { check, severity, count } of open) gauges.incidents.set({ project, check, severity }, count);
      }
    },
  };

  async function readDrift(project: string) {
    const { driftStore } = deps;
    const [counts, states, features] = await Promise.all([
      driftStore.counts(project),
      driftStore.states(project),
      driftStore.features({ project, page: 1, pageSize: DRIFT_FEATURES_MAX }),
    ]);
    return { counts, states, features: features.rows };
  }

  function setDrift(project: string, { counts, states, features }: Awaited<ReturnType<typeof readDrift>>): void {
    for (const [verdict, count] of Object.entries(counts)) gauges.driftFeatures.set({ project, verdict: verdict.replace(" ", "_") }, count);
    for (const { view, judged } of states) if (judged !== null) gauges.driftJudged.set({ project, view }, Number(judged.end / 1_000_000n));
    for (const { view, feature, psi, verdict } of features) {
      gauges.driftPsi.set({ project, view, feature }, psi);
      gauges.driftVerdict.set({ project, view, feature, verdict: verdict.replace(" ", "_") }, 1);
    }
  }

  function setView(project: string, { facts: { view }, freshness }: JudgedView): void {
    if (freshness.ageSeconds !== null) gauges.age.set({ project, view }, freshness.ageSeconds);
    if (freshness.runAgeSeconds !== null) gauges.runAge.set({ project, view }, freshness.runAgeSeconds);
    if (freshness.objectiveSeconds !== null) gauges.objective.set({ project, view }, freshness.objectiveSeconds);
    gauges.state.set({ project, view, state: freshness.state.replace(" ", "_") }, 1);
  }

  function setProbe(project: string, { view, keys, looked, expired }: OnlineProbe): void {
    gauges.keys.set({ project, view }, keys);
    if (looked > 0) gauges.expired.set({ project, view }, expired / looked);
  }

  function setLook(project: string, { view, newest }: QualityLook): void {
    if (newest === null) return;
    gauges.findings.set({ project, view }, newest.findings.length);
    gauges.dayRows.set({ project, view }, newest.rows);
  }
}

const DAY_MS = 86_400_000;

/** Begin of yesterday, UTC. */
function yesterday(now: Micros): Date {
  return new Date((Math.floor(Number(now / 1_000n) / DAY_MS) - 1) * DAY_MS);
}
