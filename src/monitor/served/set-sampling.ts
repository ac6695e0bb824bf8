import type { Actor, AuditLog, Authorizer } from "../../domain/index.ts";
import { type Clock, LarderError, type Transactor } from "../../kit/index.ts";
import type { Registry } from "../../registry/index.ts";
import type { SamplingRate } from "../../serve/index.ts";
import type { ServedSamples } from "./port.ts";

export interface SetSamplingDeps {
  readonly registry: Pick<Registry, "definition">;
  readonly servedSamples: Pick<ServedSamples, "setRate">;
  readonly transactor: Transactor;
  readonly authorizer: Authorizer;
  readonly audit: AuditLog;
  readonly clock: Clock;
}

export interface SetSamplingInput extends SamplingRate {
  readonly actor: Actor;
  readonly project: string;
  readonly view: string;
}

/** Rows that one process may keep of one view in a second; more would be a copy of the traffic. */
const ROWS_PER_SECOND_MAX = 100;

/**
 * Sets which share of a view's answers serving keeps; 0 turns it off. Serving processes follow within seconds.
 * Throws not_found, invalid_argument for a rate outside 0 to 1, permission_denied.
 */
export async function setSampling(deps: SetSamplingDeps, { actor, project, view, rate, rowsPerSecondMax }: SetSamplingInput): Promise<void> {
  const found = await deps.registry.definition(project, "feature_view", view);
  if (found?.definition.kind !== "feature_view") throw new LarderError("not_found", `There is no feature view ${view} in ${project}.`);
  const { team } = found.definition;
  await deps.authorizer.authorize({ actor, action: "operate", resource: { project, kind: "feature_view", name: view, team } });
  if (!(rate >= 0 && rate <= 1))
    throw new LarderError("invalid_argument", "The share of answers to keep lies between 0 and 1.", { details: { field: "rate" } });
  if (!(rowsPerSecondMax > 0 && rowsPerSecondMax <= ROWS_PER_SECOND_MAX)) {
    throw new LarderError("invalid_argument", `Rows per second lie above 0, and at ${ROWS_PER_SECOND_MAX} at most.`, {
      details: { field: "rowsPerSecondMax" },
    });
  }
  const at = deps.clock.now();
  await deps.transactor.transact(async (tx) => {
    await deps.servedSamples.setRate(tx, { project, view, rate, rowsPerSecondMax, by: actor.name, at });
    await deps.audit.record(tx, { at, actor, action: "set sampling", project, subject: `feature_view:${view}`, detail: { rate, rowsPerSecondMax } });
  });
}
