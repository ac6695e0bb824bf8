import { copyFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import { LarderError } from "../../../kit/index.ts";
import { getTrainingSet, openResult } from "../../../training/index.ts";
import type { CliContext, GlobalOptions } from "../../context.ts";
import { count } from "../../output.ts";
import { outputFormat } from "../row-file.ts";

interface DownloadOptions extends GlobalOptions {
  readonly out: string;
  readonly run?: string;
}

export function downloadTrainingSetCommand(context: CliContext): Command {
  return new Command("download")
    .description("write the file of a training set")
    .argument("<name>")
    .requiredOption("--out <file>", "where to write: .parquet or .csv")
    .option("--run <id>", "what this run made, instead of the last one")
    .action(async (name: string, _options, command: Command) => {
      const options = command.opts<DownloadOptions>();
      const out = resolve(options.out);
      const format = outputFormat(options.out);
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const { set } = await getTrainingSet(runtime, { actor: runtime.localOwner, project, name });
      const run = options.run ?? set.resultRun;
      if (run === null) throw new LarderError("failed_precondition", `${name} has not been run yet.`, { hint: `larder training-sets run ${name}` });
      const result = await openResult(runtime, { actor: runtime.localOwner, project, run, format });
      try {
        await copyFile(result.path, out);
      } finally {
        await result.dispose();
      }
      const document = { out, training_set: name, run, bytes: result.bytes, checksum: result.checksum };
      context.output(options).result(document, () => `Wrote ${count(result.bytes)} bytes to ${options.out}`);
    });
}
