import { Command } from "commander";
import type { Micros } from "../../kit/index.ts";
import { type MaterializeWindow, startMaterialize } from "../../materialize/index.ts";
import { type CliContext, EXIT, Exit, type GlobalOptions, UsageError } from "../context.ts";
import { waitForRuns } from "../wait-for-runs.ts";
import { materializeDocument, materializeText } from "./materialize-text.ts";
import { parseTime } from "./parse-time.ts";

interface MaterializeOptions extends GlobalOptions {
  readonly start?: Micros;
  readonly end?: Micros;
  readonly all?: boolean;
  readonly detach?: boolean;
  readonly allowFailedChecks?: boolean;
}

export function materializeCommand(context: CliContext): Command {
  return new Command("materialize")
    .description("copy the newest row per entity key of a window into the online store")
    .argument("[views...]", "views (default: every online view)")
    .option("--start <time>", "first event time, included", parseTime)
    .option("--end <time>", "last event time, included; after now is now", parseTime)
    .option("--all", "everything there is, instead of a window")
    .option("--allow-failed-checks", "write rows even where an expectation that blocks does not hold")
    .option("--detach", "print the ids and return at once")
    .action((views: string[], _options, command: Command) => {
      const options = command.opts<MaterializeOptions>();
      return run(context, { views, options, window: windowOf(options) });
    });
}

export function materializeIncrementalCommand(context: CliContext): Command {
  return new Command("materialize-incremental")
    .description("copy what is new since the last run into the online store; the first run copies everything")
    .argument("[views...]", "views (default: every online view)")
    .option("--end <time>", "last event time, included; after now is now", parseTime)
    .option("--allow-failed-checks", "write rows even where an expectation that blocks does not hold")
    .option("--detach", "print the ids and return at once")
    .action((views: string[], _options, command: Command) => {
      const options = command.opts<MaterializeOptions>();
      return run(context, { views, options, window: { kind: "incremental", end: options.end ?? null } });
    });
}

function windowOf({ start, end, all }: MaterializeOptions): MaterializeWindow {
  if (all) {
    if (start !== undefined || end !== undefined) {
      throw new UsageError("--all and a window exclude each other.", "Say --all, or --start and --end.");
    }
    return { kind: "everything" };
  }
  if (start === undefined || end === undefined) {
    throw new UsageError("Which window? Say --start and --end.", "Or --all; or larder materialize-incremental for what is new.");
  }
  return { kind: "range", start, end };
}

interface MaterializeWork {
  readonly views: readonly string[];
  readonly options: MaterializeOptions;
  readonly window: MaterializeWindow;
}

async function run(context: CliContext, { views, options, window }: MaterializeWork): Promise<void> {
  const project = await context.project(options);
  const runtime = await context.runtime(options);
  const output = context.output(options);
  const allowFailedChecks = options.allowFailedChecks === true;
  const started = await startMaterialize(runtime, { actor: runtime.localOwner, project, views: views.length > 0 ? views : null, window, allowFailedChecks });
  if (started.runs.length === 0) output.note("No online view has a source to materialize from.");
  for (const { run: id, view, joined } of started.runs) if (joined) output.note(`${view}: joined run ${id}, which does the same already`);
  const ids = started.runs.map(({ run: id }) => id);
  const runs = await waitForRuns(runtime, output, { ids, detach: options.detach === true });
  const document = materializeDocument(started, runs);
  output.result(document, () => materializeText(document));
  if (document.state === "failed") throw new Exit(EXIT.failed);
  if (document.state === "cancelled") throw new Exit(EXIT.cancelled);
}
