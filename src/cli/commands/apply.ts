import { createInterface } from "node:readline/promises";
import { Command } from "commander";
import { loadRepo } from "../../define/index.ts";
import type { Plan } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import { applyRepo, planRepo } from "../../registry/index.ts";
import { type CliContext, EXIT, Exit, requireRepo } from "../context.ts";
import { hasErrors, planDocument, planText } from "./plan-text.ts";

interface ApplyOptions {
  readonly repo?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

export function applyCommand(context: CliContext): Command {
  return new Command("apply")
    .description("make the registry say what the feature repo says")
    .option("-y, --yes", "remove what the repo no longer defines without asking")
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ApplyOptions>();
      const output = context.output(options);
      const repo = await loadRepo(requireRepo(options.repo));
      const runtime = await context.runtime(options);
      const actor = runtime.localOwner;
      const plan = await planRepo(runtime, { actor, repo });
      if (hasErrors(plan)) {
        output.result(planDocument(plan), () => planText(plan));
        throw new Exit(EXIT.failed);
      }
      const allowRemovals = options.yes === true || (await confirmRemovals(plan));
      const applied = await applyRepo(runtime, { actor, repo, expectedRevision: plan.revision, allowRemovals });
      const document = { ...planDocument(applied.plan), revision: applied.project.revision };
      output.result(document, () => [planText(applied.plan), summary(applied.plan, applied.project.revision)].filter(Boolean).join("\n"));
    });
}

function summary(plan: Plan, revision: number): string {
  return plan.changes.length === 0
    ? ""
    : `Applied ${plan.changes.length} change${plan.changes.length === 1 ? "" : "s"}: ${plan.project} is at revision ${revision}.`;
}

async function confirmRemovals(plan: Plan): Promise<boolean> {
  const removals = plan.changes.filter(({ action }) => action === "remove");
  if (removals.length === 0) return false;
  const names = removals.map(({ name }) => name).join(", ");
  if (!process.stdin.isTTY) {
    throw new LarderError("failed_precondition", `Apply would remove ${names}, with their online rows.`, { hint: "Say --yes to remove them." });
  }
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await prompt.question(`This removes ${names}, with their online rows. Remove? [y/N] `);
  prompt.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new Exit(EXIT.failed);
  return true;
}
