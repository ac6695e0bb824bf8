import type { Actor, AuditLog, Authorizer } from "../domain/index.ts";
import type { Clock, Transactor } from "../kit/index.ts";
import type { Run, RunLog } from "./port.ts";
import { runResource } from "./run-resource.ts";

export interface CancelRunDeps {
  readonly runLog: RunLog;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

/** Asks a run to stop: a queued one is cancelled at once, a running one at its next step. A finished run comes back as it is. */
export async function cancelRun(deps: CancelRunDeps, input: { readonly actor: Actor; readonly run: string }): Promise<Run> {
  const resource = await runResource(deps.runLog, input.run);
  await deps.authorizer.authorize({ actor: input.actor, action: "operate", resource });
  return deps.transactor.transact(async (tx) => {
    const { run, accepted } = await deps.runLog.requestCancel(tx, input.run);
    if (accepted) {
      const entry = { at: deps.clock.now(), actor: input.actor, action: "cancelled run", project: run.project, subject: run.subject, detail: { run: run.id } };
      await deps.audit.record(tx, entry);
    }
    return run;
  });
}
