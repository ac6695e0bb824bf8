import { Prisma } from "../../../../prisma/generated/client.ts";
import { literally } from "../../../kit/index.ts";
import type { CatalogEntry, CatalogKind, CatalogPage, CatalogQuery } from "../../port.ts";
import { matchesWords, narrowing, ofProject, type SearchWord, wordsOf } from "./catalog-filter.ts";
import { correctWords } from "./catalog-words.ts";
import { fromTagTexts } from "./rows.ts";
import type { Client } from "./transactor.ts";

const PAGE_SIZE_MAX = 500;

type CatalogRow = Omit<CatalogEntry, "tags"> & { readonly tags: readonly string[] };

/**
 * One page of definitions and features in one list. Every word of the text must stand somewhere in names, description, owner, team or
 * tags; the best match comes first: exact name, beginning of the name, a word of the name, inside the name, elsewhere.
 */
export async function searchCatalog(client: Client, query: CatalogQuery): Promise<CatalogPage> {
  const words = wordsOf(query.text);
  const found = await findPage(client, query, words);
  if (found.total > 0 || words.length === 0) return found;
  const meant = await correctWords(client, query.project, words);
  if (meant === null) return found;
  const corrections = meant.filter(({ word, texts }) => texts.length > 1 || texts[0] !== word).map(({ word, texts }) => ({ word, instead: texts }));
  return { ...(await findPage(client, query, meant)), corrections };
}

async function findPage(client: Client, query: CatalogQuery, words: readonly SearchWord[]): Promise<CatalogPage> {
  const page = Math.max(1, Math.trunc(query.page));
  const pageSize = Math.min(PAGE_SIZE_MAX, Math.max(1, Math.trunc(query.pageSize)));
  const wanted = words.map(({ texts }) => texts[0] ?? "").join(" ");
  const conditions = [ofProject(query.project), matchesWords(words), ...narrowing(query).map(({ condition }) => condition)];
  const where = Prisma.join(conditions, " AND ");
  // Counted beside, not of one set of hits: to keep all hits of a wide search takes longer than to look twice.
  const [counted, rows] = await Promise.all([
    client.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM catalog_entry e WHERE ${where}`,
    client.$queryRaw<CatalogRow[]>`
      WITH page AS (
        SELECT * FROM (SELECT e.id, e.kind, e.name, e.view, e.updated_at, ${rankOf(wanted)} AS rank FROM catalog_entry e WHERE ${where}) AS hit
        ORDER BY ${orderOf(query, "hit")} LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize})
      SELECT e.kind, e.name, e.view, e.type, e.description, e.owner, e.team, e.managed_by AS "managedBy", e.tags, e.entities,
        e.feature_count AS "featureCount", e.online, e.updated_at AS "updatedAt"
      FROM page JOIN catalog_entry e ON e.id = page.id ORDER BY ${orderOf(query, "page")}`,
  ]);
  return { rows: rows.map(toEntry), total: counted[0]?.total ?? 0, page, pageSize, corrections: [] };
}

function toEntry({ tags, ...row }: CatalogRow): CatalogEntry {
  return { ...row, tags: fromTagTexts(tags) };
}

/** 0 exact name, 1 it begins so, 2 a word of it does, 3 it is inside, 4 the match is elsewhere. */
function rankOf(wanted: string): Prisma.Sql {
  if (wanted === "") return Prisma.sql`0`;
  const text = literally(wanted);
  return Prisma.sql`CASE WHEN lower(e.name) = lower(${wanted}) THEN 0 WHEN lower(e.name) LIKE lower(${`${text}%`}) THEN 1
    WHEN lower(e.name) LIKE lower(${`%\\_${text}%`}) THEN 2 WHEN lower(e.name) LIKE lower(${`%${text}%`}) THEN 3 ELSE 4 END`;
}

const KIND_ORDER: readonly CatalogKind[] = ["feature_view", "feature", "feature_service", "entity", "data_source"];

function orderOf({ sort, text }: CatalogQuery, table: "hit" | "page"): Prisma.Sql {
  const of = Prisma.raw(table);
  const byKind = Prisma.sql`array_position(${[...KIND_ORDER]}::text[], ${of}.kind)`;
  const byName = Prisma.sql`${of}.name, ${of}.view`;
  switch (sort) {
    case "relevance":
      return text.trim() === "" ? Prisma.sql`${byKind}, ${byName}` : Prisma.sql`${of}.rank, ${byKind}, ${byName}`;
    case "name":
      return Prisma.sql`${of}.name, ${byKind}, ${of}.view`;
    case "updated":
      return Prisma.sql`${of}.updated_at DESC, ${byKind}, ${byName}`;
  }
}
