import { onlineFeaturesJson } from "./online-features-json.ts";
import { type ReadInput, readRows } from "./read-rows.ts";
import type { ServeDeps } from "./serve-deps.ts";

export interface GetOnlineFeaturesInput extends ReadInput {
  /** Adds to the metadata which version each view answered from. */
  readonly namesVersions: boolean;
}

/**
 * The newest feature values of some entities as JSON (text, or UTF-8 bytes when it is long) in the shape of Feast's feature server: one result per name, join keys
 * first, then the features in the order asked; rows in the order of the request. Throws as readRows does.
 */
export async function getOnlineFeatures(deps: ServeDeps, input: GetOnlineFeaturesInput): Promise<string | Buffer> {
  return onlineFeaturesJson(await readRows(deps, input), { namesVersions: input.namesVersions });
}
