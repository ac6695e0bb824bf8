import { Prisma } from "../../../../prisma/generated/client.ts";
import { CATALOG_FACETS, type CatalogFacet, type CatalogFacets, type CatalogFilter } from "../../port.ts";
import { matchesWords, narrowing, ofProject, wordsOf } from "./catalog-filter.ts";
import { correctWords } from "./catalog-words.ts";
import type { Client } from "./transactor.ts";

const VALUES_MAX = 50;
const KEPT_MAX = 500;

interface FacetRow {
  readonly facet: CatalogFacet;
  readonly value: string;
  readonly count: number;
}

/** Counts facets, and keeps what it counted until the project has another revision: the widest questions are the commonest. */
export function facetCounter(): (client: Client, filter: CatalogFilter) => Promise<CatalogFacets> {
  const kept = new Map<string, Promise<CatalogFacets>>();
  return async (client, filter) => {
    const project = await client.project.findUnique({ where: { name: filter.project }, select: { id: true, revision: true } });
    const key = JSON.stringify([project, filter]);
    const known = kept.get(key);
    if (known) return known;
    const counting = countFacets(client, filter);
    kept.set(key, counting);
    counting.catch(() => kept.delete(key));
    const [oldest] = kept.keys();
    if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest);
    return counting;
  };
}

/** A facet is counted under all conditions but its own, so that it shows what else could be chosen. */
async function countFacets(client: Client, filter: CatalogFilter): Promise<CatalogFacets> {
  const words = wordsOf(filter.text);
  const meant = words.length === 0 ? null : await correctWords(client, filter.project, words);
  const conditions = narrowing(filter);
  const passes = conditions.map(({ facet, condition }) => Prisma.sql`${condition} AS ${Prisma.raw(`in_${facet}`)}`);
  const columns = [Prisma.sql`e.kind, e.owner, e.team, e.tags, e.entities, e.type, e.managed_by`, ...passes];
  const counts = CATALOG_FACETS.map((facet) => {
    const others = conditions.flatMap((each) => (each.facet === facet ? [] : [Prisma.raw(`hit.in_${each.facet}`)]));
    const where = others.length === 0 ? Prisma.empty : Prisma.sql`WHERE ${Prisma.join(others, " AND ")}`;
    return Prisma.sql`(SELECT ${facet} AS facet, v.value, count(*)::int AS count FROM hit${VALUES[facet]} ${where}
      GROUP BY v.value HAVING v.value IS NOT NULL ORDER BY count(*) DESC, v.value LIMIT ${VALUES_MAX})`;
  });
  const rows = await client.$queryRaw<FacetRow[]>`
    WITH hit AS MATERIALIZED (SELECT ${Prisma.join(columns)} FROM catalog_entry e WHERE ${ofProject(filter.project)} AND ${matchesWords(meant ?? words)})
    ${Prisma.join(counts, " UNION ALL ")}`;
  const facets: Record<CatalogFacet, { value: string; count: number }[]> = {
    kinds: [],
    owners: [],
    teams: [],
    tags: [],
    entities: [],
    types: [],
    managers: [],
  };
  for (const { facet, value, count } of rows) facets[facet].push({ value, count });
  return facets;
}

const one = (column: string): Prisma.Sql => Prisma.raw(` CROSS JOIN LATERAL (SELECT hit.${column} AS value) AS v`);
const many = (column: string): Prisma.Sql => Prisma.raw(` CROSS JOIN LATERAL unnest(hit.${column}) AS v(value)`);

/** The values of a facet beside each hit. */
const VALUES: Readonly<Record<CatalogFacet, Prisma.Sql>> = {
  kinds: one("kind"),
  owners: one("owner"),
  teams: one("team"),
  tags: many("tags"),
  entities: many("entities"),
  types: one("type"),
  managers: one("managed_by"),
};
