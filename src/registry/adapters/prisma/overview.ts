import type { LateView, ReadView } from "../../port.ts";
import type { Client } from "./transactor.ts";

interface LateQuery {
  readonly project: string;
  readonly store: string;
  readonly now: bigint;
  readonly limit: number;
}

/** By the newest version that is ready: that is the one that is read. */
export async function findLateViews(client: Client, { project, store, now, limit }: LateQuery): Promise<readonly LateView[]> {
  return client.$queryRaw<LateView[]>`
    SELECT late.view, late.newest AS "newestEvent", late.objective AS "objectiveSeconds"
    FROM (
      SELECT DISTINCT ON (d.id) d.name AS view, o.event_watermark AS newest, (d.body->>'freshnessSeconds')::float8 AS objective
      FROM definition d JOIN project p ON p.id = d.project_id JOIN view_version v ON v.view_id = d.id AND v.retired_at IS NULL
        JOIN online_state o ON o.version_id = v.id AND o.store = ${store} AND o.ready_at IS NOT NULL
      WHERE p.name = ${project} AND d.kind = 'feature_view' AND (d.body->>'online')::boolean AND d.body->>'freshnessSeconds' IS NOT NULL
      ORDER BY d.id, v.number DESC
    ) AS late
    WHERE late.newest IS NOT NULL AND ${now}::bigint - late.newest > late.objective * 1000000
    ORDER BY ${now}::bigint - late.newest - late.objective * 1000000 DESC, late.view LIMIT ${limit}`;
}

export async function findMostRead(client: Client, project: string, limit: number): Promise<readonly ReadView[]> {
  return client.$queryRaw<ReadView[]>`
    SELECT part->>'view' AS view, count(DISTINCT d.id)::int AS services
    FROM definition d JOIN project p ON p.id = d.project_id, jsonb_array_elements(d.body->'projections') AS part
    WHERE p.name = ${project} AND d.kind = 'feature_service' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${limit}`;
}
