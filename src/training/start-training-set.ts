import type { Actor } from "../domain/index.ts";
import { ulid } from "../kit/index.ts";
import { openProject } from "../registry/index.ts";
import { type Run, startRun } from "../runs/index.ts";
import { settleSpec, subjectOf } from "./create-training-set.ts";
import type { AskedSpec, TrainingRequest } from "./documents.ts";
import { requireSet } from "./find-set.ts";
import { authorizeValues } from "./join-views.ts";
import type { TrainingDeps } from "./port.ts";

/** The kind of run, and the queue that its jobs stand in. */
export const TRAINING_SET = "training_set";

interface Starting {
  readonly actor: Actor;
  readonly project: string;
  readonly subject: string;
  readonly request: TrainingRequest;
  /** null: the run's own, so that it joins none. */
  readonly key: string | null;
}

/** Queues a run that makes the set's file, or joins the one under way. Throws not_found, permission_denied. */
export async function startTrainingSet(
  deps: TrainingDeps,
  { actor, project, name }: { readonly actor: Actor; readonly project: string; readonly name: string },
): Promise<{ readonly run: Run; readonly joined: boolean }> {
  const snapshot = await openProject(deps.registry, project);
  const { id, spec, pins } = await requireSet(deps, project, name);
  await authorizeValues(
    deps.authorizer,
    { actor, project },
    snapshot,
    pins.views.map(({ view }) => view),
  );
  return start(deps, { actor, project, subject: subjectOf(name), request: { set: { id, name }, spec, pins } as TrainingRequest, key: `${TRAINING_SET}:${id}` });
}

/** Queues a join that belongs to no training set; its result is kept for some days. Throws what creating a set throws. */
export async function startHistoricalFeatures(
  deps: TrainingDeps,
  input: { readonly actor: Actor; readonly project: string; readonly spec: AskedSpec },
): Promise<{ readonly run: Run; readonly joined: boolean }> {
  const { spec, pins } = await settleSpec(deps, input);
  const { actor, project } = input;
  const subject = `historical_features:${spec.service ?? pins.views[0]?.view ?? ""}`;
  return start(deps, { actor, project, subject, request: { set: null, spec, pins } as TrainingRequest, key: null });
}

async function start(deps: TrainingDeps, { actor, project, subject, request, key }: Starting): Promise<{ readonly run: Run; readonly joined: boolean }> {
  const now = deps.clock.now();
  const id = ulid(Number(now / 1000n), (count) => crypto.getRandomValues(new Uint8Array(count)));
  return deps.transactor.transact(async (tx) => {
    const started = await startRun(deps, tx, { id, group: id, project, kind: TRAINING_SET, subject, request, actor, key: key ?? id });
    const detail = { run: started.run.id, joined: started.joined };
    await deps.audit.record(tx, { at: now, actor, action: "started training set", project, subject, detail });
    return started;
  });
}
