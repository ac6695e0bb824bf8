import type { BatchSource } from "../domain/index.ts";
import { didYouMean, LarderError } from "../kit/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../registry/index.ts";

/** A view that can be materialized. Throws not_found, failed_precondition or not_built, saying why it cannot. */
export function materializableView(snapshot: RegistrySnapshot, name: string): SnapshotView {
  const found = snapshot.views.get(name);
  if (!found) {
    const hint = didYouMean(name, snapshot.views.keys(), "larder plan shows what the repo defines; apply it first.");
    throw new LarderError("not_found", `There is no view ${name}.`, { hint });
  }
  const obstacle = whyNotMaterializable(found);
  if (obstacle) throw obstacle;
  return found;
}

/** Whether this release can read a source of this type. */
export function canMaterializeFrom(type: BatchSource["type"]): boolean {
  return type === "file";
}

/** What keeps a view from being materialized; null when nothing does. */
export function whyNotMaterializable({ view, newest }: SnapshotView): LarderError | null {
  if (!view.online)
    return new LarderError("failed_precondition", `View ${view.name} is not online.`, { hint: "Set online: true in its definition and apply." });
  if (newest.batchSource === null) {
    return new LarderError("failed_precondition", `View ${view.name} has no batch source to materialize from.`, { hint: "Its rows arrive by push only." });
  }
  if (!canMaterializeFrom(newest.batchSource.type)) {
    return new LarderError("not_built", `View ${view.name} reads ${newest.batchSource.type}, which this release cannot materialize from yet.`, {
      hint: "File sources (Parquet, CSV, JSON lines) work.",
    });
  }
  return null;
}
