import { Prisma } from "../../../../prisma/generated/client.ts";
import { literally } from "../../../kit/index.ts";
import { CATALOG_FACETS, type CatalogFacet, type CatalogFilter } from "../../port.ts";

/** A word of a search: an entry matches when one of `texts` stands in it. The word itself, or what was likely meant by it. */
export interface SearchWord {
  readonly word: string;
  readonly texts: readonly string[];
}

export function wordsOf(text: string): readonly SearchWord[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .map((word) => ({ word, texts: [word] }));
}

/** Every word stands somewhere in the entry `e`. The database makes small letters of both, so that they agree. */
export function matchesWords(words: readonly SearchWord[]): Prisma.Sql {
  const each = words.map(({ texts }) => {
    const patterns = texts.map((text) => Prisma.sql`e.search_text LIKE lower(${`%${literally(text)}%`})`);
    return Prisma.sql`(${Prisma.join(patterns, " OR ")})`;
  });
  return each.length === 0 ? Prisma.sql`true` : Prisma.join(each, " AND ");
}

export function ofProject(project: string): Prisma.Sql {
  return Prisma.sql`e.project_id = (SELECT id FROM project WHERE project.name = ${project})`;
}

/** Where an entry `e` has one of these values of the facet. */
function hasOneOf(facet: CatalogFacet, values: readonly string[]): Prisma.Sql {
  const list = [...values];
  switch (facet) {
    case "kinds":
      return Prisma.sql`e.kind = ANY(${list})`;
    case "owners":
      return Prisma.sql`e.owner = ANY(${list})`;
    case "teams":
      return Prisma.sql`e.team = ANY(${list})`;
    case "tags":
      return Prisma.sql`e.tags && ${list}`;
    case "entities":
      return Prisma.sql`e.entities && ${list}`;
    case "types":
      return Prisma.sql`e.type = ANY(${list})`;
    case "managers":
      return Prisma.sql`e.managed_by = ANY(${list})`;
  }
}

/** The facets that narrow, each with its condition. Kinds always narrow: none asked for is none found. */
export function narrowing(filter: CatalogFilter): readonly { readonly facet: CatalogFacet; readonly condition: Prisma.Sql }[] {
  return CATALOG_FACETS.flatMap((facet) => {
    const values = filter[facet];
    if (values === undefined || (values.length === 0 && facet !== "kinds")) return [];
    return { facet, condition: hasOneOf(facet, values) };
  });
}
