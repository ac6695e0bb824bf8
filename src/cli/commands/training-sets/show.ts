import { Command } from "commander";
import { getTrainingSet } from "../../../training/index.ts";
import type { CliContext, GlobalOptions } from "../../context.ts";
import { changesText, receiptText, setDocument } from "./text.ts";

export function showTrainingSetCommand(context: CliContext): Command {
  return new Command("show")
    .description("one training set: what it is made of, its last result, and what has changed since")
    .argument("<name>")
    .action(async (name: string, _options, command: Command) => {
      const options = command.opts<GlobalOptions>();
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const { set, changed, newer } = await getTrainingSet(runtime, { actor: runtime.localOwner, project, name });
      const text = () => {
        const { spec, pins, result } = set;
        const rows = spec.entityRows.kind === "upload" ? spec.entityRows.fileName : `source ${spec.entityRows.source}, ${spec.entityRows.limit} rows at most`;
        const lines = [
          `${name}: ${pins.outputs.length} features for ${rows}`,
          result === null ? `Not run yet: larder training-sets run ${name}` : receiptText(result),
          ...(changed === null
            ? []
            : [changed.length === 0 ? "Nothing has changed since: a run gives the same bytes." : `Changed since: ${changesText(changed)}`]),
          ...(newer.length === 0 ? [] : [`Views have moved on: ${changesText(newer)}; --newest-versions takes them.`]),
        ];
        return lines.join("\n");
      };
      context.output(options).result({ ...setDocument(set), changed, newer }, text);
    });
}
