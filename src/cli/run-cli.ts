import { Command, CommanderError } from "commander";
import packageFile from "../../package.json" with { type: "json" };
import { isLarderError, LarderError, toLarderError } from "../kit/index.ts";
import { applyCommand } from "./commands/apply.ts";
import { driftCommand } from "./commands/drift.ts";
import { exportCommand } from "./commands/export.ts";
import { getHistoricalFeaturesCommand } from "./commands/get-historical-features.ts";
import { getOnlineFeaturesCommand } from "./commands/get-online-features.ts";
import { initCommand } from "./commands/init.ts";
import { materializeCommand, materializeIncrementalCommand } from "./commands/materialize.ts";
import { monitorCommand } from "./commands/monitor.ts";
import { planCommand } from "./commands/plan.ts";
import { consoleCommand, serveCommand, workerCommand } from "./commands/processes.ts";
import { pushCommand } from "./commands/push.ts";
import { runsCommand } from "./commands/runs.ts";
import { schedulesCommand } from "./commands/schedules.ts";
import { trainingSetsCommand } from "./commands/training-sets.ts";
import { upCommand } from "./commands/up.ts";
import { type CliContext, EXIT, Exit, UsageError } from "./context.ts";
import { processOutput } from "./output.ts";

/** Parses and runs one command line; the exit code. Errors are printed here and nowhere else. */
export async function runCli(argv: readonly string[], open: () => CliContext): Promise<number> {
  const json = argv.includes("--json");
  let context: CliContext | null = null;
  try {
    context = open();
    await buildProgram(context).parseAsync([...argv]);
    return EXIT.ok;
  } catch (error) {
    return exitCodeOf(error, json);
  } finally {
    await context?.dispose();
  }
}

function exitCodeOf(error: unknown, json: boolean): number {
  if (error instanceof Exit) return error.exitCode;
  const output = processOutput(json);
  if (error instanceof CommanderError) {
    // Help and version are no errors; Commander prints its own complaints, except for --json.
    if (error.exitCode === 0) return EXIT.ok;
    if (json) output.error(new LarderError("invalid_argument", error.message.replace(/^error: /, ""), { hint: "larder --help shows the commands." }));
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    output.error(error.error);
    return EXIT.usage;
  }
  if (!isLarderError(error)) process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  output.error(toLarderError(error));
  return EXIT.failed;
}

/** The whole command line, not parsed yet. */
export function buildProgram(context: CliContext): Command {
  const program = new Command("larder")
    .description("A feature store with a working console.")
    .version(packageFile.version, "-V, --version")
    .showHelpAfterError("(larder --help shows the commands)")
    .exitOverride();
  const commands = [
    upCommand,
    initCommand,
    planCommand,
    applyCommand,
    materializeCommand,
    materializeIncrementalCommand,
    runsCommand,
    schedulesCommand,
    monitorCommand,
    getOnlineFeaturesCommand,
    getHistoricalFeaturesCommand,
    trainingSetsCommand,
    pushCommand,
    driftCommand,
    exportCommand,
    serveCommand,
    workerCommand,
    consoleCommand,
  ];
  for (const build of commands) program.addCommand(withGlobals(build(context)));
  return program;
}

/** Every command takes these, and shows them in its --help. */
function withGlobals(command: Command): Command {
  command.exitOverride();
  for (const child of command.commands) withGlobals(child);
  if (command.commands.length === 0) for (const [flags, text] of GLOBALS) command.option(flags, text);
  return command;
}

const GLOBALS = [
  ["--json", "print one JSON document on stdout, progress on stderr"],
  ["--project <name>", "the project, where there are several"],
  ["--repo <dir>", "the feature repo (default: the current folder, when it holds a feature_store.yaml)"],
] as const;
