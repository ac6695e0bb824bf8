import { Command, Option } from "commander";
import { LarderError } from "../../kit/index.ts";
import { readReceipt } from "../../materialize/index.ts";
import { requireProject } from "../../registry/index.ts";
import { cancelRun, RUN_STATES, type Run, type RunProgress, type RunState, resumeRun } from "../../runs/index.ts";
import { type CliContext, type GlobalOptions, UsageError } from "../context.ts";
import { textTable } from "../output.ts";
import { receiptDocument } from "./materialize-text.ts";

export function runsCommand(context: CliContext): Command {
  return new Command("runs")
    .description("list, show, cancel and resume runs")
    .addCommand(listCommand(context), { isDefault: true })
    .addCommand(showCommand(context))
    .addCommand(cancelCommand(context))
    .addCommand(resumeCommand(context));
}

interface ListOptions extends GlobalOptions {
  readonly state?: RunState;
  readonly view?: string;
  readonly limit: string;
}

function listCommand(context: CliContext): Command {
  return new Command("list")
    .description("the newest runs first")
    .addOption(new Option("--state <state>", "only runs in this state").choices(RUN_STATES))
    .option("--view <view>", "only runs of this view")
    .option("--limit <n>", "how many", "20")
    .action(async (_options, command: Command) => {
      const options = command.opts<ListOptions>();
      const pageSize = Number(options.limit);
      if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1_000) throw new UsageError("--limit is a number from 1 to 1000.", "Say --limit 100.");
      const { runLog, registry } = await context.runtime(options);
      const { name: project } = await requireProject(registry, await context.project(options));
      const filter = {
        project,
        page: 1,
        pageSize,
        ...(options.state && { states: [options.state] }),
        ...(options.view && { subject: `feature_view:${options.view}` }),
      };
      const { rows, total } = await runLog.list(filter);
      context.output(options).result({ runs: rows.map(runDocument), total }, () => listText(rows));
    });
}

function listText(runs: readonly Run[]): string {
  if (runs.length === 0) return "No runs yet: larder materialize-incremental starts one per view.";
  const row = (run: Run) => [run.id, run.kind, run.subject.replace(/^\w+:/, ""), run.state, run.createdAt.toISOString(), run.actor.name];
  return textTable(["run", "kind", "subject", "state", "created", "by"], runs.map(row));
}

function runDocument(run: Run): object {
  const { id, group, project, kind, subject, state, request, progress, receipt, error, waitingFor, actor, attempt, createdAt, startedAt, finishedAt } = run;
  const materialized = readReceipt(receipt);
  return {
    run: id,
    group,
    project,
    kind,
    subject,
    state,
    request,
    progress: progress && progressDocument(progress),
    receipt: materialized ? receiptDocument(materialized) : receipt,
    error,
    waiting_for: waitingFor,
    actor: actor.name,
    attempt,
    created_at: createdAt,
    started_at: startedAt,
    finished_at: finishedAt,
  };
}

function progressDocument({ stage, done, total, unit, perSecond, secondsLeft }: RunProgress): object {
  return { stage, done, total, unit, per_second: perSecond, seconds_left: secondsLeft };
}

function showCommand(context: CliContext): Command {
  return new Command("show")
    .description("one run: what was asked, how far it is, its receipt or error, its log")
    .argument("<run>")
    .action(async (id: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const { runLog } = await context.runtime(options);
      const run = await runLog.get(id);
      if (!run) throw new LarderError("not_found", `There is no run ${id}.`, { hint: "larder runs list shows them." });
      const log = (await runLog.events(id, 200)).filter(({ type }) => type !== "progress");
      const document = { ...runDocument(run), log: log.map(({ at, type, body }) => ({ at, type, body })) };
      context.output(options).result(document, () => JSON.stringify(document, null, 2));
    });
}

function cancelCommand(context: CliContext): Command {
  return new Command("cancel")
    .description("stop a run; what it wrote stays, and it can be resumed")
    .argument("<run>")
    .action(async (id: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const runtime = await context.runtime(options);
      const run = await cancelRun(runtime, { actor: runtime.localOwner, run: id });
      context.output(options).result(runDocument(run), () => (run.state === "running" ? `${id} stops at its next step.` : `${id} is ${run.state}.`));
    });
}

function resumeCommand(context: CliContext): Command {
  return new Command("resume")
    .description("go on with a failed or cancelled run at its checkpoint")
    .argument("<run>")
    .action(async (id: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const runtime = await context.runtime(options);
      const run = await resumeRun(runtime, { actor: runtime.localOwner, run: id });
      if ((await runtime.jobs.liveWorkers()) === 0) context.output(options).note("No worker is running: it waits until one is (larder up, or larder worker).");
      context.output(options).result(runDocument(run), () => `${id} is queued again.`);
    });
}
