import { z } from "zod";
import type { CatalogFilter } from "../../registry/index.ts";

const CATALOG_KINDS = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const;
const values = z.array(z.string().max(200)).max(50).default([]);

export const filterInput = z.object({
  text: z.string().max(200).default(""),
  /** None: all of them. */
  kinds: z.array(z.enum(CATALOG_KINDS)).default([]),
  owners: values,
  teams: values,
  tags: values,
  entities: values,
  types: values,
  managers: values,
});

export function catalogFilter(project: string, { text, kinds, owners, teams, tags, entities, types, managers }: z.infer<typeof filterInput>): CatalogFilter {
  return { project, text, kinds: kinds.length > 0 ? kinds : CATALOG_KINDS, owners, teams, tags, entities, types, managers };
}
