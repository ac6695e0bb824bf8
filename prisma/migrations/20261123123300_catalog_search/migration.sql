-- DropForeignKey
ALTER TABLE "feature" DROP CONSTRAINT "feature_view_id_fkey";

-- DropTable
DROP TABLE "feature";

-- CreateTable
CREATE TABLE "catalog_entry" (
    "id" SERIAL NOT NULL,
    "project_id" INTEGER NOT NULL,
    "definition_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "view" TEXT,
    "type" TEXT,
    "description" TEXT NOT NULL DEFAULT '',
    "owner" TEXT,
    "team" TEXT,
    "managed_by" TEXT NOT NULL,
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "entities" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "feature_count" INTEGER,
    "online" BOOLEAN,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "search_text" TEXT NOT NULL,

    CONSTRAINT "catalog_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "catalog_word" (
    "project_id" INTEGER NOT NULL,
    "word" TEXT NOT NULL,

    CONSTRAINT "catalog_word_pkey" PRIMARY KEY ("project_id","word")
);

-- CreateIndex
CREATE INDEX "catalog_entry_project_id_kind_name_idx" ON "catalog_entry"("project_id", "kind", "name");

-- CreateIndex
CREATE INDEX "catalog_entry_definition_id_idx" ON "catalog_entry"("definition_id");

-- AddForeignKey
ALTER TABLE "catalog_entry" ADD CONSTRAINT "catalog_entry_definition_id_fkey" FOREIGN KEY ("definition_id") REFERENCES "definition"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "catalog_word" ADD CONSTRAINT "catalog_word_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is there already, as the registry writes it at each commit
INSERT INTO catalog_entry (project_id, definition_id, kind, name, type, description, owner, team, managed_by, tags, entities, feature_count, online, updated_at, search_text)
SELECT d.project_id, d.id, d.kind, d.name, d.type, d.description, d.owner, d.team, d.managed_by, d.tags,
  ARRAY(SELECT jsonb_array_elements_text(d.body->'entities') WHERE d.kind = 'feature_view'),
  CASE WHEN d.kind = 'feature_view' THEN jsonb_array_length(d.body->'features') END,
  CASE WHEN d.kind = 'feature_view' THEN (d.body->>'online')::boolean END, d.updated_at,
  lower(concat_ws(' ', d.name, d.description, d.owner, d.team, array_to_string(d.tags, ' ')))
FROM definition d;

INSERT INTO catalog_entry (project_id, definition_id, kind, name, view, type, description, owner, team, managed_by, tags, entities, online, updated_at, search_text)
SELECT d.project_id, d.id, 'feature', f.name, d.name, f.type, f.description, d.owner, d.team, d.managed_by, t.tags,
  ARRAY(SELECT jsonb_array_elements_text(d.body->'entities')), (d.body->>'online')::boolean, d.updated_at,
  lower(concat_ws(' ', d.name || ':' || f.name, f.description, array_to_string(t.tags, ' ')))
FROM definition d CROSS JOIN LATERAL jsonb_to_recordset(d.body->'features') AS f(name text, type text, description text, tags jsonb)
  CROSS JOIN LATERAL (SELECT ARRAY(SELECT key || ':' || value FROM jsonb_each_text(f.tags) ORDER BY 1) AS tags) AS t
WHERE d.kind = 'feature_view';

INSERT INTO catalog_word (project_id, word)
SELECT DISTINCT e.project_id, w.word
FROM catalog_entry e, regexp_split_to_table(e.search_text, '[[:space:][:punct:]]+') AS w(word)
WHERE length(w.word) BETWEEN 3 AND 60 AND w.word !~ '^[0-9]+$';

-- Trigrams make search quick and spelling forgiving. Where the extension cannot be had, search reads the table, and finds near words by itself.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX catalog_entry_search_text_idx ON catalog_entry USING gin (search_text gin_trgm_ops);
  CREATE INDEX catalog_word_word_idx ON catalog_word USING gist (word gist_trgm_ops);
EXCEPTION WHEN OTHERS THEN
  RAISE NOTICE 'pg_trgm cannot be used here: %', SQLERRM;
END $$;
