import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { openProject } from "../registry/index.ts";
import { subjectOf } from "./create-training-set.ts";
import { requireSet, setResource } from "./find-set.ts";
import { pinSet } from "./pin-set.ts";
import type { TrainingDeps, TrainingSet } from "./port.ts";
import { resultFolder } from "./training-files.ts";

interface Naming {
  readonly actor: Actor;
  readonly project: string;
  readonly name: string;
}

/** Removes a training set and all of its results; its runs stay as a record. Throws not_found, failed_precondition while a run is under way. */
export async function removeTrainingSet(deps: TrainingDeps, { actor, project, name }: Naming): Promise<void> {
  await deps.authorizer.authorize({ actor, action: "define", resource: setResource(project, name) });
  const set = await requireSet(deps, project, name);
  const active = await deps.runLog.list({ project, subject: subjectOf(name), states: ["queued", "running"], page: 1, pageSize: 1 });
  const [run] = active.rows;
  if (run) throw new LarderError("failed_precondition", `Run ${run.id} makes ${name} just now.`, { hint: `Cancel it first: larder runs cancel ${run.id}` });
  await deps.transactor.transact(async (tx) => {
    await deps.trainingSets.remove(tx, set.id);
    const detail = { rows: set.result?.rows ?? 0, checksum: set.result?.checksum ?? null };
    await deps.audit.record(tx, { at: deps.clock.now(), actor, action: "removed training set", project, subject: subjectOf(name), detail });
  });
  await rm(join(deps.trainingDirectory, resultFolder(set, "")), { recursive: true, force: true });
}

/** Takes the newest version and the ttl that each view has now; the next run uses them. Throws not_found, permission_denied. */
export async function repinTrainingSet(deps: TrainingDeps, { actor, project, name }: Naming): Promise<TrainingSet> {
  await deps.authorizer.authorize({ actor, action: "define", resource: setResource(project, name) });
  const snapshot = await openProject(deps.registry, project);
  const { id, spec } = await requireSet(deps, project, name);
  const pins = pinSet(snapshot, spec);
  return deps.transactor.transact(async (tx) => {
    const set = await deps.trainingSets.savePins(tx, id, pins);
    const detail = { views: pins.views.map(({ view, version, ttlSeconds }) => ({ view, version, ttlSeconds })) };
    await deps.audit.record(tx, { at: deps.clock.now(), actor, action: "updated training set", project, subject: subjectOf(name), detail });
    return set;
  });
}
