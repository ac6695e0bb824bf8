import { Command } from "commander";
import type { CliContext } from "../context.ts";
import { createTrainingSetCommand } from "./training-sets/create.ts";
import { downloadTrainingSetCommand } from "./training-sets/download.ts";
import { listTrainingSetsCommand } from "./training-sets/list.ts";
import { removeTrainingSetCommand } from "./training-sets/remove.ts";
import { runTrainingSetCommand } from "./training-sets/run.ts";
import { showTrainingSetCommand } from "./training-sets/show.ts";

export function trainingSetsCommand(context: CliContext): Command {
  return new Command("training-sets")
    .description("saved training sets: entity rows and features, made again to the same bytes")
    .addCommand(listTrainingSetsCommand(context), { isDefault: true })
    .addCommand(createTrainingSetCommand(context))
    .addCommand(runTrainingSetCommand(context))
    .addCommand(showTrainingSetCommand(context))
    .addCommand(downloadTrainingSetCommand(context))
    .addCommand(removeTrainingSetCommand(context));
}
