import { resolve } from "node:path";
import { Command } from "commander";
import { initRepo } from "../../define/index.ts";
import type { CliContext } from "../context.ts";

export function initCommand(context: CliContext): Command {
  return new Command("init")
    .description("make a new feature repo, with types that work in an editor")
    .argument("<dir>", "an empty or new folder")
    .action(async (dir: string, _options, command: Command) => {
      const options = command.opts<{ json?: boolean; project?: string }>();
      const made = await initRepo(resolve(dir), { project: options.project });
      context
        .output(options)
        .result(made, () => [`Made ${made.project} in ${dir}:`, ...made.files.map((file) => `  ${file}`), `Next: larder apply --repo ${dir}`].join("\n"));
    });
}
