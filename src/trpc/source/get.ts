import { z } from "zod";
import { batchSourceOf, type DataSource } from "../../domain/index.ts";
import { authorizeRead } from "../authorize.ts";
import { requireDefinition, requireSnapshot } from "../definitions.ts";
import { projectProcedure } from "../init.ts";

/** A data source and the views that read it. */
export const getSource = projectProcedure.input(z.object({ name: z.string().min(1).max(128) })).query(async ({ ctx, input }) => {
  const { definition: source, ...record } = await requireDefinition(ctx, "data_source", input.name);
  await authorizeRead(ctx, "discover", source);
  const { views } = await requireSnapshot(ctx);
  const using = [...views.values()].map(({ view }) => view).filter((view) => view.source === source.name);
  const described = using.map(({ name, type, description, features, online }) => ({ name, type, description, features: features.length, online }));
  return { source: withoutSecrets(source), record, views: described };
});

/** A connection may carry a password: a browser never sees it, only the `${VAR}` form. */
function withoutSecrets(source: DataSource): DataSource {
  if (source.type === "postgres") return source.connection.startsWith("$" + "{") ? source : { ...source, connection: "(set in the repo)" };
  const batch = batchSourceOf(source);
  if (batch === null || source.type === "file") return source;
  return { ...source, batchSource: withoutSecrets(batch) as typeof batch };
}
