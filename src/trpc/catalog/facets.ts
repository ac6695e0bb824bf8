import { projectProcedure } from "../init.ts";
import { catalogFilter, filterInput } from "./filter-input.ts";

/** What each facet would leave of a search: its values, with counts. */
export const countCatalogFacets = projectProcedure
  .input(filterInput)
  .query(({ ctx, input }) => ctx.runtime.registry.catalogFacets(catalogFilter(ctx.project.name, input)));
