import { Command } from "commander";
import { LarderError } from "../../../kit/index.ts";
import { listTrainingSets } from "../../../training/index.ts";
import type { CliContext, GlobalOptions } from "../../context.ts";
import { count, textTable } from "../../output.ts";
import { setDocument } from "./text.ts";

interface ListOptions extends GlobalOptions {
  readonly search: string;
  readonly limit: string;
}

export function listTrainingSetsCommand(context: CliContext): Command {
  return new Command("list")
    .description("the last changed first")
    .option("--search <words>", "only those with these words in name, description or features", "")
    .option("--limit <n>", "how many", "20")
    .action(async (_options, command: Command) => {
      const options = command.opts<ListOptions>();
      const pageSize = Number(options.limit);
      if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1_000) throw new LarderError("invalid_argument", "--limit is a number from 1 to 1000.");
      const project = await context.project(options);
      const runtime = await context.runtime(options);
      const { rows, total } = await listTrainingSets(runtime, { actor: runtime.localOwner, project, text: options.search, page: 1, pageSize });
      const text = () => {
        if (rows.length === 0) return "No training sets yet: larder training-sets create makes one.";
        const line = rows.map(({ name, spec, result, resultAt, createdBy }) => [
          name,
          spec.service ?? `${count(spec.features?.length ?? 0)} features`,
          result === null ? "" : count(result.rows),
          resultAt?.toISOString() ?? "not run yet",
          createdBy,
        ]);
        return textTable(["name", "features", "rows", "made", "by"], line);
      };
      context.output(options).result({ training_sets: rows.map(setDocument), total }, text);
    });
}
