import { Command } from "commander";
import { formatTimestamp, LarderError, type Micros } from "../../kit/index.ts";
import { type Incident, type JudgedView, judgeViews, type OnlineProbe, probeNow, type QualityLook, runMonitor, whollyExpiredAt } from "../../monitor/index.ts";
import { type Project, requireProject } from "../../registry/index.ts";
import type { Runtime } from "../../runtime/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";
import { textTable } from "../output.ts";
import { type DriftTotals, driftOfNow, driftText, type FeatureDrift, storedDrift } from "./monitor-drift.ts";

const JUDGE_MS_MAX = 3_600_000;

export function monitorCommand(context: CliContext): Command {
  return new Command("monitor")
    .description("freshness, ttl staleness, quality and drift of views, and what is wrong")
    .addCommand(statusCommand(context), { isDefault: true })
    .addCommand(runCommand(context));
}

function statusCommand(context: CliContext): Command {
  return new Command("status")
    .description("how timely each view is now, from what is stored; exit 0 also when some are late")
    .argument("[views...]")
    .action(async (views: string[], _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const runtime = await context.runtime(options);
      const project = await requireProject(runtime.registry, await context.project(options));
      const judged = await judgeViews(runtime, project, views.length === 0 ? null : views);
      requireViews(project, judged, views);
      const drift = await storedDrift(runtime, project, views.length === 0 ? null : views);
      const totals = views.length === 0 ? await runtime.driftStore.counts(project.name) : null;
      await report(context, { options, runtime, project, views: views.length === 0 ? null : views, judged, drift, totals });
    });
}

function runCommand(context: CliContext): Command {
  return new Command("run")
    .description("measure and judge now: sources, their days, online rows, and the last whole window of every feature")
    .argument("[views...]", "views to judge (default: all)")
    .option("--store", "keep the verdicts and move incidents, as the background monitor does", false)
    .action(async (views: string[], _options, command: Command) => {
      const options = command.opts<GlobalOptions & { readonly store: boolean }>();
      const runtime = await context.runtime(options);
      const project = await requireProject(runtime.registry, await context.project(options));
      const [only, signal] = [views.length === 0 ? null : views, AbortSignal.timeout(JUDGE_MS_MAX)];
      requireViews(project, await judgeViews(runtime, project, only), views);
      if (options.store) await runMonitor(runtime, { actor: runtime.localOwner, project: project.name, signal });
      else await probeNow(runtime, { actor: runtime.localOwner, project: project.name, views: only, signal });
      const judged = await judgeViews(runtime, project, only);
      const drift = options.store
        ? await storedDrift(runtime, project, only)
        : await driftOfNow(runtime, { project, views: judged.map(({ facts }) => facts.view), note: (text) => context.output(options).note(text) });
      const totals = options.store && only === null ? await runtime.driftStore.counts(project.name) : null;
      await report(context, { options, runtime, project, views: only, judged, drift, totals });
    });
}

interface Report {
  readonly options: GlobalOptions;
  readonly runtime: Runtime;
  readonly project: Project;
  /** Those that were named; null: all. */
  readonly views: readonly string[] | null;
  readonly judged: readonly JudgedView[];
  readonly drift: readonly FeatureDrift[];
  /** Null: `drift` is all there is. */
  readonly totals: DriftTotals | null;
}

function requireViews(project: Project, judged: readonly JudgedView[], views: readonly string[]): void {
  const missing = views.find((name) => !judged.some(({ facts }) => facts.view === name));
  if (missing !== undefined) throw new LarderError("not_found", `There is no view ${missing} in ${project.name}.`);
}

async function report(context: CliContext, { options, runtime, project, views, judged, drift, totals }: Report): Promise<void> {
  const [probes, looks, incidents] = await Promise.all([
    runtime.monitorStore.onlineProbes(project.name, views),
    runtime.qualityStore.looks(project.name, views),
    openIncidents(runtime, project, views),
  ]);
  const [probeOf, lookOf] = [new Map(probes.map((probe) => [probe.view, probe])), new Map(looks.map((look) => [look.view, look]))];
  const rows = judged.map((one) => viewDocument(one, probeOf.get(one.facts.view) ?? null, lookOf.get(one.facts.view) ?? null));
  const document = { project: project.name, views: rows, drift, incidents: incidents.rows, incidents_total: incidents.total };
  context.output(options).result(document, () => statusText(rows, driftText(drift, totals), incidents.total));
}

/** Of the views that were named, else of the project; the newest hundred, and how many there are. */
async function openIncidents(runtime: Runtime, project: Project, views: readonly string[] | null) {
  const filter = { project: project.name, state: "open", page: 1, pageSize: 100 } as const;
  const pages = await Promise.all(views === null ? [runtime.incidents.list(filter)] : views.map((view) => runtime.incidents.list({ ...filter, view })));
  const rows = pages.flatMap((page) => page.rows.map(incidentDocument));
  return { rows, total: pages.reduce((sum, { total }) => sum + total, 0) };
}

function incidentDocument({ id, subject, check, severity, title, causeText: cause, openedAt: opened }: Incident) {
  return { id, subject, check, severity, title, cause, opened };
}

function viewDocument({ facts, freshness }: JudgedView, probe: OnlineProbe | null, look: QualityLook | null) {
  const time = (at: Micros | null) => (at === null ? null : formatTimestamp(at));
  const { state, cause, causeText, ageSeconds, runAgeSeconds, objectiveSeconds, basis, newestEvent, lateSince } = freshness;
  const online = probe && {
    keys: probe.keys,
    looked: probe.looked,
    expired: probe.expired,
    exact: probe.exact,
    wholly_expired_at: time(whollyExpiredAt(probe)),
    measured_at: time(probe.measuredAt),
    error: probe.error,
  };
  return {
    view: facts.view,
    state,
    cause,
    cause_text: causeText,
    newest_event: time(newestEvent),
    age_seconds: ageSeconds,
    run_age_seconds: runAgeSeconds,
    objective_seconds: objectiveSeconds,
    objective_from: basis,
    late_since: time(lateSince),
    online,
    quality: look && qualityDocument(look),
  };
}

function qualityDocument({ measuredAt, error, newest }: QualityLook) {
  return {
    day: newest && formatTimestamp(newest.day).slice(0, 10),
    rows: newest?.rows ?? null,
    state: newest?.state ?? null,
    findings: newest?.findings.map(({ kind, feature, text }) => ({ kind, feature, text })) ?? [],
    measured_at: formatTimestamp(measuredAt),
    error,
  };
}

function statusText(rows: readonly ReturnType<typeof viewDocument>[], drift: string, incidents: number): string {
  const seconds = (value: number | null) => (value === null ? "-" : value < 7_200 ? `${Math.round(value / 60)} min` : `${Math.round(value / 3_600)} h`);
  const share = (online: OnlineOf) => (online === null || online.looked === 0 ? "-" : `${((100 * online.expired) / online.looked).toFixed(1)}%`);
  const row = (one: (typeof rows)[number]) => [
    one.view,
    one.state,
    seconds(one.age_seconds),
    seconds(one.objective_seconds),
    share(one.online),
    one.quality?.error ? "not readable" : (one.quality?.state ?? "-"),
    one.cause_text,
  ];
  const table = textTable(["view", "state", "age", "objective", "expired", "quality", "why"], rows.map(row));
  return `${table}\n\n${drift}\n\n${incidents === 0 ? "No incident is open." : `${incidents} open incident${incidents === 1 ? "" : "s"}.`}`;
}

type OnlineOf = ReturnType<typeof viewDocument>["online"];
