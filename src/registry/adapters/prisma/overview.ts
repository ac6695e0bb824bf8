import type { ReadView } from "../../port.ts";
import type { Client } from "./transactor.ts";

export async function findMostRead(client: Client, project: string, limit: number): Promise<readonly ReadView[]> {
  return client.$queryRaw<ReadView[]>`
    SELECT part->>'view' AS view, count(DISTINCT d.id)::int AS services
    FROM definition d JOIN project p ON p.id = d.project_id, jsonb_array_elements(d.body->'projections') AS part
    WHERE p.name = ${project} AND d.kind = 'feature_service' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`;
}
