import { projectProcedure } from "../init.ts";
import { servedVersion } from "./served-version.ts";
import { viewInput } from "./view-input.ts";

/** What the online store holds of the version that is served (the newest one before any is ready). Throws unavailable when the store is down. */
export const getOnline = projectProcedure.input(viewInput).query(async ({ ctx, input }) => {
  const { registry, onlineStores } = ctx.runtime;
  const served = await servedVersion(ctx, input.view);
  if (!served) return null;
  const { versionId, versionNumber } = served.version;
  const store = onlineStores.forProject(ctx.project);
  const [state, count] = await Promise.all([registry.onlineState(versionId, store.type), store.count({ project: ctx.project.onlineId, version: versionId })]);
  return {
    store: store.type,
    place: store.place,
    version: versionNumber,
    ready: served.readyAt[ctx.project.settings.onlineStore.type] ?? null,
    watermark: state?.eventWatermark ?? null,
    count,
  };
});
