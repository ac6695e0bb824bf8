import { Command } from "commander";
import type { CliContext } from "../context.ts";
import { exportFeastCommand } from "./export-feast.ts";
import { exportRepoCommand } from "./export-repo.ts";

export function exportCommand(context: CliContext): Command {
  return new Command("export")
    .description("write the project's definitions as code")
    .addCommand(exportFeastCommand(context))
    .addCommand(exportRepoCommand(context));
}
