import { Prisma } from "../../../../prisma/generated/client.ts";
import type { Page } from "../../../kit/index.ts";
import type { CatalogEntry, CatalogKind, CatalogQuery } from "../../port.ts";
import { fromTagTexts } from "./rows.ts";
import type { Client } from "./transactor.ts";

const PAGE_SIZE_MAX = 500;

type CatalogRow = Omit<CatalogEntry, "tags"> & { readonly tags: readonly string[] };
/** On a page without rows the total comes alone. */
type CountedRow = (CatalogRow | { readonly kind: null }) & { readonly total: number };

/**
 * One page of definitions and features in one list. Every word of the text must stand somewhere in names, description, owner, team or
 * tags; the best match comes first: exact name, beginning of the name, a word of the name, inside the name, elsewhere.
 */
export async function searchCatalog(client: Client, query: CatalogQuery): Promise<Page<CatalogEntry>> {
  const page = Math.max(1, Math.trunc(query.page));
  const pageSize = Math.min(PAGE_SIZE_MAX, Math.max(1, Math.trunc(query.pageSize)));
  const matching = branches(query);
  if (matching.length === 0) return { rows: [], total: 0, page, pageSize };
  const rows = await client.$queryRaw<CountedRow[]>`
    WITH hit AS MATERIALIZED (${Prisma.join(matching, " UNION ALL ")}),
      page AS (SELECT * FROM hit ORDER BY ${orderOf(query, "hit")} LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize})
    SELECT counted.total, page.kind, page.name, page.view_name AS view, coalesce(f.type, d.type) AS type,
      coalesce(f.description, d.description) AS description, d.owner, d.team, coalesce(f.tags, d.tags) AS tags,
      ARRAY(SELECT jsonb_array_elements_text(d.body->'entities') WHERE d.kind = 'feature_view') AS entities,
      CASE WHEN page.kind = 'feature_view' THEN jsonb_array_length(d.body->'features') END AS "featureCount",
      CASE WHEN d.kind = 'feature_view' THEN (d.body->>'online')::boolean END AS online, d.updated_at AS "updatedAt"
    FROM (SELECT count(*)::int AS total FROM hit) AS counted
      LEFT JOIN page ON true LEFT JOIN definition d ON d.id = page.definition_id LEFT JOIN feature f ON f.id = page.feature_id
    ORDER BY ${orderOf(query, "page")}`;
  const entries = rows.flatMap((row) => (row.kind === null ? [] : [toEntry(row)]));
  return { rows: entries, total: rows[0]?.total ?? 0, page, pageSize };
}

function toEntry({ total: _, tags, ...row }: CatalogRow & { readonly total: number }): CatalogEntry {
  return { ...row, tags: fromTagTexts(tags) };
}

/** The page's rows carry only what they are ordered by; the rest is read for the rows of the page. */
function branches(query: CatalogQuery): readonly Prisma.Sql[] {
  const definitionKinds = query.kinds.filter((kind) => kind !== "feature");
  const ofProject = Prisma.sql`d.project_id = (SELECT id FROM project WHERE project.name = ${query.project})`;
  const owner = query.owner === undefined ? Prisma.empty : Prisma.sql`AND d.owner = ${query.owner}`;
  const words = wordsOf(query.text);
  const all: Prisma.Sql[] = [];
  if (definitionKinds.length > 0) {
    const texts = Prisma.sql`concat_ws(' ', d.name, d.description, d.owner, d.team, array_to_string(d.tags, ' '))`;
    const tag = query.tag === undefined ? Prisma.empty : Prisma.sql`AND ${query.tag} = ANY(d.tags)`;
    all.push(Prisma.sql`
      SELECT d.id AS definition_id, NULL::int AS feature_id, d.kind, d.name, NULL::text AS view_name, d.updated_at, ${rankOf(query.text, Prisma.sql`d.name`)} AS rank
      FROM definition d WHERE ${ofProject} AND d.kind = ANY(${definitionKinds}) ${owner} ${tag} ${contains(texts, words)}`);
  }
  if (query.kinds.includes("feature")) {
    const texts = Prisma.sql`concat_ws(' ', d.name || ':' || f.name, f.description, array_to_string(f.tags, ' '))`;
    const tag = query.tag === undefined ? Prisma.empty : Prisma.sql`AND ${query.tag} = ANY(f.tags)`;
    all.push(Prisma.sql`
      SELECT d.id AS definition_id, f.id AS feature_id, 'feature' AS kind, f.name, d.name AS view_name, d.updated_at,
        ${rankOf(query.text, Prisma.sql`f.name`)} AS rank
      FROM feature f JOIN definition d ON d.id = f.view_id WHERE ${ofProject} ${owner} ${tag} ${contains(texts, words)}`);
  }
  return all;
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function contains(texts: Prisma.Sql, words: readonly string[]): Prisma.Sql {
  if (words.length === 0) return Prisma.empty;
  return Prisma.sql`AND ${texts} ILIKE ALL(${words.map((word) => `%${literally(word)}%`)})`;
}

/** 0 exact name, 1 it begins so, 2 a word of it does, 3 it is inside, 4 the match is elsewhere. */
function rankOf(text: string, name: Prisma.Sql): Prisma.Sql {
  const wanted = literally(text.trim());
  if (wanted === "") return Prisma.sql`0`;
  return Prisma.sql`CASE WHEN ${name} ILIKE ${wanted} THEN 0 WHEN ${name} ILIKE ${`${wanted}%`} THEN 1
    WHEN ${name} ILIKE ${`%\\_${wanted}%`} THEN 2 WHEN ${name} ILIKE ${`%${wanted}%`} THEN 3 ELSE 4 END`;
}

/** Text for ILIKE in which nothing is a wildcard: `_` stands in nearly every name. */
function literally(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

const KIND_ORDER: readonly CatalogKind[] = ["feature_view", "feature", "feature_service", "entity", "data_source"];

function orderOf({ sort, text }: CatalogQuery, table: "hit" | "page"): Prisma.Sql {
  const of = Prisma.raw(table);
  const byKind = Prisma.sql`array_position(${[...KIND_ORDER]}::text[], ${of}.kind)`;
  const byName = Prisma.sql`${of}.name, ${of}.view_name`;
  switch (sort) {
    case "relevance":
      return text.trim() === "" ? Prisma.sql`${byKind}, ${byName}` : Prisma.sql`${of}.rank, ${byKind}, ${byName}`;
    case "name":
      return Prisma.sql`${of}.name, ${byKind}, ${of}.view_name`;
    case "updated":
      return Prisma.sql`${of}.updated_at DESC, ${byKind}, ${byName}`;
  }
}
