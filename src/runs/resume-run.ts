import type { Actor } from "../domain/index.ts";
import type { CancelRunDeps } from "./cancel-run.ts";
import type { Run } from "./port.ts";
import { runResource } from "./run-resource.ts";
import { runJob, type StartRunDeps } from "./start-run.ts";

/** Queues a failed or cancelled run again; it goes on at its checkpoint. Throws failed_precondition otherwise, conflict when its work is being done. */
export async function resumeRun(deps: CancelRunDeps & StartRunDeps, input: { readonly actor: Actor; readonly run: string }): Promise<Run> {
  const resource = await runResource(deps.runLog, input.run);
  await deps.authorizer.authorize({ actor: input.actor, action: "operate", resource });
  return deps.transactor.transact(async (tx) => {
    const run = await deps.runLog.requeue(tx, input.run);
    await deps.jobs.enqueue(tx, runJob(run.kind), { run: run.id });
    const entry = { at: deps.clock.now(), actor: input.actor, action: "resumed run", project: run.project, subject: run.subject, detail: { run: run.id } };
    await deps.audit.record(tx, entry);
    return run;
  });
}
