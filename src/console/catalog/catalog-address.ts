import { createLoader, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";
import type { CatalogKind } from "./kinds.ts";

const KINDS = ["feature_view", "feature", "entity", "data_source", "feature_service"] as const satisfies readonly CatalogKind[];
const texts = parseAsArrayOf(parseAsString).withDefault([]);

/** What of the catalog stands in its address. */
export const catalogParams = {
  q: parseAsString.withDefault(""),
  kind: parseAsArrayOf(parseAsStringLiteral(KINDS)).withDefault([]),
  owner: texts,
  team: texts,
  tag: texts,
  entity: texts,
  type: texts,
  by: texts,
  sort: parseAsStringLiteral(["relevance", "name", "updated"] as const).withDefault("relevance"),
  density: parseAsStringLiteral(["compact", "detailed"] as const).withDefault("compact"),
  page: parseAsInteger.withDefault(1),
};

export const loadCatalogAddress = createLoader(catalogParams);
export type CatalogAddress = Awaited<ReturnType<typeof loadCatalogAddress>>;

/** Facets as they stand in the address, and the words they go by. */
export const FACETS = [
  { param: "kind", facet: "kinds", text: "Kind" },
  { param: "owner", facet: "owners", text: "Owner" },
  { param: "team", facet: "teams", text: "Team" },
  { param: "tag", facet: "tags", text: "Tag" },
  { param: "entity", facet: "entities", text: "Entity" },
  { param: "type", facet: "types", text: "Type" },
  { param: "by", facet: "managers", text: "Managed by" },
] as const;
export type FacetParam = (typeof FACETS)[number]["param"];

/** Nothing narrowed: the address without its facets and words. */
export const UNFILTERED = { q: null, kind: null, owner: null, team: null, tag: null, entity: null, type: null, by: null, page: null } as const;

export function isFiltered(address: CatalogAddress): boolean {
  return address.q !== "" || FACETS.some(({ param }) => address[param].length > 0);
}

/** The words and facets of an address, for the list as for the counts beside it. */
export function filterInput(address: CatalogAddress, only?: CatalogKind): NonNullable<Inputs["catalog"]["facets"]> {
  const { q, kind, owner, team, tag, entity, type, by } = address;
  return { text: q, kinds: only ? [only] : kind, owners: owner, teams: team, tags: tag, entities: entity, types: type, managers: by };
}

/** The question that an address asks; without an order or words, features stay behind the views that hold them. */
export function catalogInput(address: CatalogAddress, only?: CatalogKind): NonNullable<Inputs["catalog"]["list"]> {
  return { ...filterInput(address, only), sort: address.sort, page: Math.max(1, address.page) };
}
