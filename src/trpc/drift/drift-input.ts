import { z } from "zod";
import type { FeatureView } from "../../domain/index.ts";
import { didYouMean, LarderError } from "../../kit/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import type { ProjectContext } from "../init.ts";

export const driftFeatureInput = z.object({
  view: z.string().min(1).max(128),
  feature: z.string().min(1).max(128),
  /** Where the window begins; absent: the newest that was judged. */
  window: z.date().nullish(),
});

/** The view of a feature that people may see the statistics of. Throws not_found, permission_denied. */
export async function requireFeatureView(ctx: ProjectContext, input: { readonly view: string; readonly feature: string }): Promise<FeatureView> {
  const { definition: view } = await requireDefinition(ctx, "feature_view", input.view);
  await authorizeRead(ctx, "discover", viewResource(view));
  if (view.features.some(({ name }) => name === input.feature)) return view;
  const names = view.features.map(({ name }) => name);
  throw new LarderError("not_found", `The feature view ${view.name} has no feature ${input.feature}.`, {
    hint: didYouMean(input.feature, names, "The view's page lists its features."),
  });
}
