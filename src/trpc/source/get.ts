import { z } from "zod";
import { authorizeRead } from "../authorize.ts";
import { requireDefinition, requireSnapshot } from "../definitions.ts";
import { projectProcedure } from "../init.ts";
import { withoutSecrets } from "./without-secrets.ts";

/** A data source and the views that read it. */
export const getSource = projectProcedure.input(z.object({ name: z.string().min(1).max(128) })).query(async ({ ctx, input }) => {
  const { definition: source, ...record } = await requireDefinition(ctx, "data_source", input.name);
  await authorizeRead(ctx, "discover", source);
  const { views } = await requireSnapshot(ctx);
  const using = [...views.values()].map(({ view }) => view).filter((view) => view.source === source.name);
  const described = using.map(({ name, type, description, features, online }) => ({ name, type, description, features: features.length, online }));
  return { source: withoutSecrets(source), record, views: described };
});
