import { Command } from "commander";
import { LarderError } from "../../../kit/index.ts";
import { removeTrainingSet } from "../../../training/index.ts";
import type { CliContext, GlobalOptions } from "../../context.ts";

export function removeTrainingSetCommand(context: CliContext): Command {
  return new Command("remove")
    .description("remove a training set and all of its files; its runs stay as a record")
    .argument("<name>")
    .option("--yes", "really")
    .action(async (name: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions & { readonly yes?: boolean }>();
      if (!options.yes) throw new LarderError("invalid_argument", `Remove ${name} and its files?`, { hint: "Say --yes." });
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      await removeTrainingSet(runtime, { actor: runtime.localOwner, project, name });
      context.output(options).result({ removed: name }, () => `Removed ${name}.`);
    });
}
