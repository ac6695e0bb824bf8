import { nearestNames } from "../../../kit/index.ts";
import { matchesWords, ofProject, type SearchWord } from "./catalog-filter.ts";
import type { Client } from "./transactor.ts";

const CANDIDATES = 50;
/** Shorter words are a beginning, not a misspelling. */
const LETTERS_MIN = 4;
const BETWEEN_PARTS = /([^\p{L}\p{N}]+)/u;
/** How many letters a slip adds or leaves out at most. */
const LENGTH_REACH = 2;

/** What was likely meant, word by word. Null when the words do occur together, or a word is like none that occurs: then nothing is found. */
export async function correctWords(client: Client, project: string, words: readonly SearchWord[]): Promise<readonly SearchWord[] | null> {
  if (await occurs(client, project, words)) return null;
  const meant = await Promise.all(words.map((search) => correctWord(client, project, search)));
  const known = meant.flatMap((word) => word ?? []);
  return known.length === words.length ? known : null;
}

/** Names are made of several words: each part that occurs nowhere is mended by itself. Null where one is like none that occurs. */
async function correctWord(client: Client, project: string, search: SearchWord): Promise<SearchWord | null> {
  if (await occurs(client, project, [search])) return search;
  const parts = search.word.split(BETWEEN_PARTS);
  const near = await Promise.all(
    parts.map(async (part) => {
      if (part === "" || BETWEEN_PARTS.test(part) || (await occurs(client, project, [{ word: part, texts: [part] }]))) return [part];
      return nearestNames(part, await similarWords(client, project, part));
    }),
  );
  if (near.some((texts) => texts.length === 0)) return null;
  const texts = parts.length === 1 ? (near[0] ?? []) : [near.map(([nearest]) => nearest).join("")];
  return { word: search.word, texts };
}

/** Whether any entry has all these words. */
async function occurs(client: Client, project: string, words: readonly SearchWord[]): Promise<boolean> {
  // Asked straight for one row, PostgreSQL would read on for it through the whole table rather than open the trigram index.
  const rows = await client.$queryRaw<unknown[]>`
    WITH hit AS MATERIALIZED (SELECT 1 FROM catalog_entry e WHERE ${ofProject(project)} AND ${matchesWords(words)}) SELECT 1 FROM hit LIMIT 1`;
  return rows.length > 0;
}

/** Words of the catalog that share something with this one: by trigrams where the database has them, else by length and an end in common. */
async function similarWords(client: Client, project: string, word: string): Promise<readonly string[]> {
  if (word.length < LETTERS_MIN) return [];
  const rows = (await hasTrigrams(client))
    ? await client.$queryRaw<{ word: string }[]>`
        SELECT w.word FROM catalog_word w WHERE w.project_id = (SELECT id FROM project WHERE name = ${project}) ORDER BY w.word <-> lower(${word}) LIMIT ${CANDIDATES}`
    : await client.$queryRaw<{ word: string }[]>`
        SELECT w.word FROM catalog_word w WHERE w.project_id = (SELECT id FROM project WHERE name = ${project})
          AND length(w.word) BETWEEN ${word.length - LENGTH_REACH} AND ${word.length + LENGTH_REACH}
          AND (left(w.word, 1) = lower(left(${word}, 1)) OR right(w.word, 2) = lower(right(${word}, 2)))`;
  return rows.map((row) => row.word);
}

/** Asked only when a search found nothing; a database may get the extension while we run. */
async function hasTrigrams(client: Client): Promise<boolean> {
  const rows = await client.$queryRaw<unknown[]>`SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'`;
  return rows.length > 0;
}
