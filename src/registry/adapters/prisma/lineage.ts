import type { LineageEntry } from "../../port.ts";
import type { Client } from "./transactor.ts";

/** Names only are taken out of the definitions' bodies: 10,000 views are a small answer. */
export async function readLineageEntries(client: Client, project: string): Promise<readonly LineageEntry[]> {
  return client.$queryRaw<LineageEntry[]>`
    SELECT d.kind, d.name, d.type, d.description, d.body->>'transform' IS NOT NULL AS transformed,
      CASE d.kind
        WHEN 'feature_view' THEN ARRAY[d.body->>'source']
        WHEN 'feature_service' THEN ARRAY(SELECT DISTINCT p->>'view' AS view FROM jsonb_array_elements(d.body->'projections') p ORDER BY view)
        ELSE array_remove(ARRAY[d.body->'batchSource'->>'name'], NULL)
      END AS reads
    FROM definition d JOIN project p ON p.id = d.project_id
    WHERE p.name = ${project} AND d.kind IN ('data_source', 'feature_view', 'feature_service')
    ORDER BY d.kind COLLATE "C", d.name COLLATE "C"`;
}
