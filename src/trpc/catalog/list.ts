import { z } from "zod";
import { projectProcedure } from "../init.ts";
import { catalogFilter, filterInput } from "./filter-input.ts";

const catalogInput = filterInput.extend({
  sort: z.enum(["relevance", "name", "updated"]).default("relevance"),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** A page of the catalog: definitions and features in one list. */
export const listCatalog = projectProcedure.input(catalogInput).query(({ ctx, input }) => {
  const { sort, page, pageSize } = input;
  return ctx.runtime.registry.catalog({ ...catalogFilter(ctx.project.name, input), sort, page, pageSize });
});
