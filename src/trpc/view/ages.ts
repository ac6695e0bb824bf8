import { sampleAges } from "../../online/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { requireDefinition } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { servedVersion } from "./served-version.ts";
import { viewInput } from "./view-input.ts";

/** More rows say nothing more about ages, and a page should not read a whole store. */
const ROWS_MAX = 20_000;

/** How old the rows are that the store serves of this view, from a sample of them. Null when it holds none. Throws unavailable. */
export const getAges = projectProcedure.input(viewInput).query(async ({ ctx, input }) => {
  const { definition } = await requireDefinition(ctx, "feature_view", input.view);
  await authorizeRead(ctx, "discover", viewResource(definition));
  const served = await servedVersion(ctx, input.view);
  if (!served) return null;
  const space = { project: ctx.project.onlineId, version: served.version.versionId };
  const store = ctx.runtime.onlineStores.forProject(ctx.project);
  return sampleAges(store, { space, rowsMax: ROWS_MAX, ttlSeconds: definition.ttlSeconds, now: ctx.runtime.clock.now() });
});
