import type { Resource } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { TrainingDeps, TrainingSet } from "./port.ts";

/** Throws not_found. */
export async function requireSet({ trainingSets }: Pick<TrainingDeps, "trainingSets">, project: string, name: string): Promise<TrainingSet> {
  const set = await trainingSets.get(project, name);
  if (set) return set;
  throw new LarderError("not_found", `There is no training set ${name} in ${project}.`, { hint: "larder training-sets list shows them." });
}

export function setResource(project: string, name: string): Resource {
  return { project, kind: "training_set", name, team: null };
}
