import { Command } from "commander";
import { LarderError } from "../../../kit/index.ts";
import { readTrainingReceipt, repinTrainingSet, startTrainingSet } from "../../../training/index.ts";
import { type CliContext, EXIT, Exit, type GlobalOptions } from "../../context.ts";
import { waitForRuns } from "../../wait-for-runs.ts";
import { receiptDocument, receiptText } from "./text.ts";

interface RunOptions extends GlobalOptions {
  readonly detach?: boolean;
  readonly newestVersions?: boolean;
}

export function runTrainingSetCommand(context: CliContext): Command {
  return new Command("run")
    .description("make the set's file; the same bytes again while its sources are unchanged")
    .argument("<name>")
    .option("--newest-versions", "first take the newest version and ttl of each view")
    .option("--detach", "print the id and return at once")
    .action(async (name: string, _options, command: Command) => {
      const options = command.opts<RunOptions>();
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      if (options.newestVersions) await repinTrainingSet(runtime, { actor: runtime.localOwner, project, name });
      await runToEnd(context, options, { project, name, detach: options.detach === true });
    });
}

interface RunToEnd {
  readonly project: string;
  readonly name: string;
  readonly detach: boolean;
}

/** Starts the run (or joins the one under way), waits for it and prints its receipt. */
export async function runToEnd(context: CliContext, options: GlobalOptions, { project, name, detach }: RunToEnd): Promise<void> {
  const runtime = await context.runtime(options);
  const output = context.output(options);
  const started = await startTrainingSet(runtime, { actor: runtime.localOwner, project, name });
  if (started.joined) output.note(`Joined run ${started.run.id}, which makes it already.`);
  const [run = started.run] = await waitForRuns(runtime, output, { ids: [started.run.id], detach });
  const receipt = readTrainingReceipt(run.receipt);
  const document = { run: run.id, training_set: name, state: run.state, error: run.error, receipt: receipt === null ? null : receiptDocument(receipt) };
  output.result(document, () => (receipt === null ? `${run.id} is ${run.state}${run.error === null ? "." : `: ${run.error.message}`}` : receiptText(receipt)));
  if (run.state === "failed") throw new Exit(EXIT.failed);
  if (run.state === "cancelled") throw new Exit(EXIT.cancelled);
  if (!detach && receipt === null) throw new LarderError("internal", `Run ${run.id} left no receipt.`);
}
