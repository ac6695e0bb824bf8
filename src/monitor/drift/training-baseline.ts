import { LarderError } from "../../kit/index.ts";
import type { TrainingSet, TrainingSets } from "../../training/index.ts";

export interface TrainingBaseline {
  readonly set: TrainingSet;
  readonly result: NonNullable<TrainingSet["result"]>;
  readonly pinned: TrainingSet["pins"]["views"][number];
}

/** A training set that a view can be compared to. Throws failed_precondition where it is gone, has no result, or no feature of the view. */
export async function trainingSetOf(
  trainingSets: Pick<TrainingSets, "get">,
  { project, view, name }: { readonly project: string; readonly view: string; readonly name: string },
): Promise<TrainingBaseline> {
  const set = await trainingSets.get(project, name);
  const fails = (message: string, hint: string) => new LarderError("failed_precondition", message, { hint, details: { field: "baseline" } });
  if (set === null) throw fails(`There is no training set ${name} in ${project}.`, "Choose another baseline.");
  const pinned = set.pins.views.find((one) => one.view === view);
  if (pinned === undefined) throw fails(`The training set ${name} has no feature of ${view}.`, "Choose a training set that was made with this view.");
  if (set.result === null) throw fails(`The training set ${name} has no result yet.`, "Run it first.");
  return { set, result: set.result, pinned };
}
