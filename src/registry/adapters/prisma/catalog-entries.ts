import type { Client } from "./transactor.ts";

/*
 * The catalog's rows follow from the definitions, so SQL makes them from the bodies; the migration that brought the table filled it
 * with the same statements. A feature is found by its view's name too, but not by its view's owner: that would list every feature of a team.
 */

const MANY = 200;

/** Writes the entries of these definitions anew, and notes the words that occur in them. */
export async function writeEntries(client: Client, projectId: number, definitions: readonly { readonly kind: string; readonly name: string }[]): Promise<void> {
  const keys = definitions.map(({ kind, name }) => `${kind}:${name}`);
  await client.$executeRaw`
    DELETE FROM catalog_entry e USING definition d WHERE e.definition_id = d.id AND d.project_id = ${projectId} AND d.kind || ':' || d.name = ANY(${keys})`;
  await client.$executeRaw`
    INSERT INTO catalog_entry (project_id, definition_id, kind, name, type, description, owner, team, managed_by, tags, entities, feature_count, online, updated_at, search_text)
    SELECT d.project_id, d.id, d.kind, d.name, d.type, d.description, d.owner, d.team, d.managed_by, d.tags,
      ARRAY(SELECT jsonb_array_elements_text(d.body->'entities') WHERE d.kind = 'feature_view'),
      CASE WHEN d.kind = 'feature_view' THEN jsonb_array_length(d.body->'features') END,
      CASE WHEN d.kind = 'feature_view' THEN (d.body->>'online')::boolean END, d.updated_at,
      lower(concat_ws(' ', d.name, d.description, d.owner, d.team, array_to_string(d.tags, ' ')))
    FROM definition d WHERE d.project_id = ${projectId} AND d.kind || ':' || d.name = ANY(${keys})`;
  await client.$executeRaw`
    INSERT INTO catalog_entry (project_id, definition_id, kind, name, view, type, description, owner, team, managed_by, tags, entities, online, updated_at, search_text)
    SELECT d.project_id, d.id, 'feature', f.name, d.name, f.type, f.description, d.owner, d.team, d.managed_by, t.tags,
      ARRAY(SELECT jsonb_array_elements_text(d.body->'entities')), (d.body->>'online')::boolean, d.updated_at,
      lower(concat_ws(' ', d.name || ':' || f.name, f.description, array_to_string(t.tags, ' ')))
    FROM definition d CROSS JOIN LATERAL jsonb_to_recordset(d.body->'features') AS f(name text, type text, description text, tags jsonb)
      CROSS JOIN LATERAL (SELECT ARRAY(SELECT key || ':' || value FROM jsonb_each_text(f.tags) ORDER BY 1) AS tags) AS t
    WHERE d.project_id = ${projectId} AND d.kind = 'feature_view' AND d.kind || ':' || d.name = ANY(${keys})`;
  await client.$executeRaw`
    INSERT INTO catalog_word (project_id, word)
    SELECT DISTINCT e.project_id, w.word
    FROM definition d JOIN catalog_entry e ON e.definition_id = d.id, regexp_split_to_table(e.search_text, '[[:space:][:punct:]]+') AS w(word)
    WHERE d.project_id = ${projectId} AND d.kind || ':' || d.name = ANY(${keys}) AND length(w.word) BETWEEN 3 AND 60 AND w.word !~ '^[0-9]+$'
    ON CONFLICT DO NOTHING`;
  // Without figures of so many new rows PostgreSQL would not see that the trigram index helps, until it looks by itself minutes later.
  if (definitions.length >= MANY) await client.$executeRaw`ANALYZE catalog_entry, catalog_word`;
}
