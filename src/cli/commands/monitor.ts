import { Command } from "commander";
import { formatTimestamp, LarderError, type Micros } from "../../kit/index.ts";
import {
  checkFreshness,
  type JudgedView,
  judgeViews,
  type OnlineProbe,
  probeOnce,
  type QualityLook,
  watchQuality,
  whollyExpiredAt,
} from "../../monitor/index.ts";
import { type Project, requireProject } from "../../registry/index.ts";
import type { Runtime } from "../../runtime/index.ts";
import type { CliContext, GlobalOptions } from "../context.ts";
import { textTable } from "../output.ts";

const PROBE_MS_MAX = 600_000;

export function monitorCommand(context: CliContext): Command {
  return new Command("monitor")
    .description("freshness, ttl staleness and quality of views, and what is wrong")
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
      await report(context, { options, runtime, project, judged, views });
    });
}

function runCommand(context: CliContext): Command {
  return new Command("run")
    .description("measure sources, their days and online rows now, judge every view, and move incidents as the background monitor does")
    .argument("[views...]", "views to show (default: all)")
    .action(async (views: string[], _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const runtime = await context.runtime(options);
      const project = await requireProject(runtime.registry, await context.project(options));
      const signal = AbortSignal.timeout(PROBE_MS_MAX);
      await probeOnce(runtime, signal);
      await watchQuality(runtime, signal);
      const judged = (await checkFreshness(runtime, project, { keepLooks: true })).filter(({ facts }) => views.length === 0 || views.includes(facts.view));
      await report(context, { options, runtime, project, judged, views });
    });
}

interface Report {
  readonly options: GlobalOptions;
  readonly runtime: Runtime;
  readonly project: Project;
  readonly judged: readonly JudgedView[];
  /** As they were asked for. */
  readonly views: readonly string[];
}

async function report(context: CliContext, { options, runtime, project, judged, views }: Report): Promise<void> {
  const missing = views.find((name) => !judged.some(({ facts }) => facts.view === name));
  if (missing !== undefined) throw new LarderError("not_found", `There is no view ${missing} in ${project.name}.`);
  const probes = new Map((await runtime.monitorStore.onlineProbes(project.name, views.length === 0 ? null : views)).map((probe) => [probe.view, probe]));
  const incidents = await runtime.incidents.list({ project: project.name, state: "open", page: 1, pageSize: 100 });
  const looks = new Map((await runtime.qualityStore.looks(project.name, null)).map((look) => [look.view, look]));
  const rows = judged.map((one) => viewDocument(one, probes.get(one.facts.view) ?? null, looks.get(one.facts.view) ?? null));
  const open = incidents.rows.map(({ id, subject, check, severity, title, causeText, openedAt }) => ({
    id,
    subject,
    check,
    severity,
    title,
    cause: causeText,
    opened: openedAt,
  }));
  context.output(options).result({ project: project.name, views: rows, incidents: open }, () => statusText(rows, incidents.total));
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

function statusText(rows: readonly ReturnType<typeof viewDocument>[], incidents: number): string {
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
  return `${table}\n${incidents === 0 ? "No incident is open." : `${incidents} open incident${incidents === 1 ? "" : "s"}.`}`;
}

type OnlineOf = ReturnType<typeof viewDocument>["online"];
