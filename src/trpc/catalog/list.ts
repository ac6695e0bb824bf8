import { z } from "zod";
import { projectProcedure } from "../init.ts";

const CATALOG_KINDS = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const;

const catalogInput = z.object({
  text: z.string().max(200).default(""),
  kinds: z.array(z.enum(CATALOG_KINDS)).default([]),
  owner: z.string().max(200).optional(),
  tag: z.string().max(200).optional(),
  sort: z.enum(["relevance", "name", "updated"]).default("relevance"),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

export const listCatalog = projectProcedure.input(catalogInput).query(({ ctx, input }) => {
  const { owner, tag, ...query } = input;
  const kinds = query.kinds.length > 0 ? query.kinds : CATALOG_KINDS;
  return ctx.runtime.registry.catalog({ ...query, kinds, project: ctx.project.name, ...(owner && { owner }), ...(tag && { tag }) });
});
