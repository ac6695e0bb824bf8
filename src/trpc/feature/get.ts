import { z } from "zod";
import { didYouMean, LarderError } from "../../kit/index.ts";
import type { VersionRecord } from "../../registry/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition, requireSnapshot } from "../definitions.ts";
import { projectProcedure } from "../init.ts";

const featureInput = z.object({ view: z.string().min(1).max(128), feature: z.string().min(1).max(128) });

/** One feature: what it is, who reads it, and since which version of its view it is what it is. */
export const getFeature = projectProcedure.input(featureInput).query(async ({ ctx, input }) => {
  const { definition: view, ...record } = await requireDefinition(ctx, "feature_view", input.view);
  await authorizeRead(ctx, "discover", viewResource(view));
  const feature = view.features.find(({ name }) => name === input.feature);
  if (!feature) {
    const hint = didYouMean(
      input.feature,
      view.features.map(({ name }) => name),
      "The view's page lists its features.",
    );
    throw new LarderError("not_found", `The feature view ${view.name} has no feature ${input.feature}.`, { hint });
  }
  const [{ services, entities }, versions] = await Promise.all([requireSnapshot(ctx), ctx.runtime.registry.versions(ctx.project.name, view.name)]);
  const consumers = [...services.values()].flatMap((service) => {
    const taken = service.projections.find(({ view: of, features }) => of === view.name && (features === null || features.includes(feature.name)));
    return taken ? [{ name: service.name, description: service.description, owner: service.owner, as: `${taken.alias ?? view.name}__${feature.name}` }] : [];
  });
  const joinKeys = view.entities.flatMap((name) => entities.get(name)?.joinKeys ?? []);
  return { view, feature, record, consumers, joinKeys, versions: changesOf(feature.name, versions) };
});

/** The versions in which the feature came or became another, newest first. */
function changesOf(feature: string, versions: readonly VersionRecord[]) {
  let before: string | null = null;
  const changes: { readonly number: number; readonly createdAt: Date; readonly was: string | null; readonly is: string | null }[] = [];
  for (const { version, createdAt } of versions) {
    const found = version.features.find(({ name }) => name === feature);
    const is = found ? `${found.type}${found.column === found.name ? "" : ` from column ${found.column}`}` : null;
    if (is !== before) changes.push({ number: version.versionNumber, createdAt, was: before, is });
    before = is;
  }
  return changes.reverse();
}
