import { Command } from "commander";
import { loadRepo } from "../../define/index.ts";
import { planRepo } from "../../registry/index.ts";
import { type CliContext, EXIT, Exit, requireRepo } from "../context.ts";
import { hasErrors, planDocument, planText } from "./plan-text.ts";

export function planCommand(context: CliContext): Command {
  return new Command("plan")
    .description("show what apply would change: added, changed, removed, new versions, who is hit")
    .option("--check", "exit 3 when apply would change something")
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<{ repo?: string; check?: boolean; json?: boolean }>();
      const repo = await loadRepo(requireRepo(options.repo));
      const runtime = await context.runtime(options);
      const plan = await planRepo(runtime, { actor: runtime.localOwner, repo });
      context.output(options).result(planDocument(plan), () => planText(plan));
      if (hasErrors(plan)) throw new Exit(EXIT.failed);
      if (options.check && plan.changes.length > 0) throw new Exit(EXIT.wouldChange);
    });
}
