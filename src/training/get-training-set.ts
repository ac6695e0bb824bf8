import type { Actor } from "../domain/index.ts";
import { isLarderError, type Page, type PageRequest } from "../kit/index.ts";
import { openProject, type RegistrySnapshot, requireProject } from "../registry/index.ts";
import { changesSince, newerThanPins } from "./compare-results.ts";
import { entityRowsDigest, entityRowsName } from "./entity-rows.ts";
import { requireSet, setResource } from "./find-set.ts";
import { pinnedJoins } from "./join-views.ts";
import { definitionDigest } from "./pin-set.ts";
import type { TrainingChange, TrainingDeps, TrainingSet } from "./port.ts";
import { joinStates } from "./source-state.ts";

type ReadDeps = Pick<TrainingDeps, "registry" | "offline" | "trainingSets" | "authorizer">;

export interface TrainingSetNow {
  readonly set: TrainingSet;
  /** What is different from what the last result was made of; null before the first. Empty: a run gives the same bytes. */
  readonly changed: readonly TrainingChange[] | null;
  /** Views that have moved on since they were pinned. */
  readonly newer: readonly TrainingChange[];
}

/** A training set, and whether its result could be made again. Throws not_found, permission_denied. */
export async function getTrainingSet(
  deps: ReadDeps,
  input: { readonly actor: Actor; readonly project: string; readonly name: string },
): Promise<TrainingSetNow> {
  const { actor, project, name } = input;
  const snapshot = await openProject(deps.registry, project);
  await deps.authorizer.authorize({ actor, action: "discover", resource: setResource(project, name) });
  const set = await requireSet(deps, project, name);
  return { set, changed: await changedSinceResult(deps, snapshot, set), newer: newerThanPins(set.pins, (view) => newestOf(snapshot, view)) };
}

export async function listTrainingSets(
  deps: ReadDeps,
  { actor, ...query }: PageRequest & { readonly actor: Actor; readonly project: string; readonly text: string },
): Promise<Page<TrainingSet>> {
  await requireProject(deps.registry, query.project);
  await deps.authorizer.authorize({ actor, action: "discover", resource: { project: query.project, kind: "project", name: query.project, team: null } });
  return deps.trainingSets.list(query);
}

function newestOf(snapshot: RegistrySnapshot, view: string) {
  return snapshot.views.get(view)?.newest ?? null;
}

/** A source that cannot be looked at is a change too: it says why. */
async function changedSinceResult(deps: ReadDeps, snapshot: RegistrySnapshot, set: TrainingSet): Promise<readonly TrainingChange[] | null> {
  const { result, spec, pins, project } = set;
  if (result === null) return null;
  try {
    const joins = await pinnedJoins(deps.registry, project, pins.views);
    const states = await joinStates(deps.offline, joins);
    const views = joins.flatMap(({ view }, index) => {
      const source = states[index];
      return source === undefined ? [] : [{ view: view.view, source }];
    });
    const digest = await entityRowsDigest(deps, snapshot, spec.entityRows);
    const entityRows = { from: entityRowsName(spec.entityRows), rows: result.rows, digest };
    return changesSince(result, { entityRows, views, definition: definitionDigest(spec, pins) });
  } catch (error) {
    if (!isLarderError(error)) throw error;
    return [{ what: "source", name: "", note: error.message }];
  }
}
