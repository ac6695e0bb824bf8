import { type Actor, isName, NAME_RULE } from "../domain/index.ts";
import { LarderError, ulid } from "../kit/index.ts";
import { openProject, type RegistrySnapshot } from "../registry/index.ts";
import { type AskedSpec, askedSpec } from "./documents.ts";
import { checkEntityRows, openUpload } from "./entity-rows.ts";
import { authorizeValues } from "./join-views.ts";
import { pinSet } from "./pin-set.ts";
import type { Pins, TrainingDeps, TrainingSet, TrainingSetSpec } from "./port.ts";

export interface CreateTrainingSetInput {
  readonly actor: Actor;
  readonly project: string;
  readonly name: string;
  readonly description?: string;
  readonly spec: AskedSpec;
}

/**
 * Saves a training set with the versions and ttls of its views as they are now; a run makes its file. Throws already_exists, not_found,
 * invalid_argument naming what does not fit, permission_denied.
 */
export async function createTrainingSet(deps: TrainingDeps, input: CreateTrainingSetInput): Promise<TrainingSet> {
  const { actor, project, name, description = "" } = input;
  if (!isName(name)) throw new LarderError("invalid_argument", `"${name}" is no name of a training set.`, { hint: `Names are ${NAME_RULE}.` });
  const { spec, pins } = await settleSpec(deps, input);
  const now = deps.clock.now();
  const id = ulid(Number(now / 1000n), (count) => crypto.getRandomValues(new Uint8Array(count)));
  return deps.transactor.transact(async (tx) => {
    const set = await deps.trainingSets.create(tx, { id, project, name, description, spec, pins, createdBy: actor });
    const detail = { views: pins.views.map(({ view, version }) => ({ view, version })) };
    await deps.audit.record(tx, { at: now, actor, action: "created training set", project, subject: subjectOf(name), detail });
    return set;
  });
}

type SettleDeps = Pick<TrainingDeps, "registry" | "inspector" | "authorizer" | "trainingDirectory">;

interface Settled {
  readonly snapshot: RegistrySnapshot;
  readonly spec: TrainingSetSpec;
  readonly pins: Pins;
}

/** What a caller asked for, checked against the registry, the policy and the entity rows. */
export async function settleSpec(deps: SettleDeps, input: Pick<CreateTrainingSetInput, "actor" | "project" | "spec">): Promise<Settled> {
  const parsed = askedSpec.safeParse(input.spec);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new LarderError("invalid_argument", `${issue?.path.join(".")}: ${issue?.message}`);
  }
  const { entityRows, ...rest } = parsed.data;
  const snapshot = await openProject(deps.registry, input.project);
  const pins = pinSet(snapshot, rest);
  await authorizeValues(
    deps.authorizer,
    input,
    snapshot,
    pins.views.map(({ view }) => view),
  );
  const spec: TrainingSetSpec = { ...rest, entityRows: entityRows.kind === "upload" ? await openUpload(deps, entityRows.upload) : entityRows };
  await checkEntityRows(deps, snapshot, spec, pins);
  return { snapshot, spec, pins };
}

export function subjectOf(name: string): string {
  return `training_set:${name}`;
}
