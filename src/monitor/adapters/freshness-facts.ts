import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { toMicros } from "../../kit/index.ts";
import type { Project } from "../../registry/index.ts";
import type { StoredFacts } from "../port.ts";

interface Row {
  readonly view: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly services: readonly string[] | null;
  readonly definedAt: Date;
  readonly schedule: string | null;
  readonly objective: number | null;
  readonly online: boolean;
  readonly batchType: StoredFacts["batchType"];
  readonly pausedAt: Date | null;
  readonly watermark: bigint | null;
  readonly goodAt: Date | null;
  readonly failedAt: Date | null;
  readonly failure: string | null;
  readonly isRunning: boolean;
  readonly source: string;
  readonly sourceNewest: bigint | null;
  readonly usualAge: number | null;
  readonly sourceError: string | null;
  readonly sourceAt: Date | null;
  readonly newestOnline: bigint | null;
  readonly onlineAt: Date | null;
}

/**
 * One statement for all views of a project: a tick over ten thousand of them asks the database once. Of the runs it looks up the newest
 * of each view in an index, so that years of history cost nothing.
 */
export async function readFreshnessFacts(prisma: PrismaClient, project: Project, views: readonly string[] | null): Promise<readonly StoredFacts[]> {
  const only = views === null ? Prisma.empty : Prisma.sql`AND d.name = ANY (${[...views]})`;
  const ofView = Prisma.sql`r.project_id = d.project_id AND r.kind = 'materialize' AND r.subject = 'feature_view:' || d.name`;
  const store = project.settings.onlineStore.type;
  const rows = await prisma.$queryRaw<Row[]>`
    WITH p AS (SELECT id FROM project WHERE name = ${project.name}),
    readers AS (
      SELECT projection->>'view' AS view, array_agg(DISTINCT s.name ORDER BY s.name) AS services
      FROM p JOIN definition s ON s.project_id = p.id AND s.kind = 'feature_service', jsonb_array_elements(s.body->'projections') AS projection
      GROUP BY 1
    ), active AS (
      SELECT DISTINCT r.subject FROM p JOIN run r ON r.project_id = p.id WHERE r.active_key IS NOT NULL AND r.kind = 'materialize'
    )
    SELECT d.name AS view, d.owner, d.team, readers.services, d.updated_at AS "definedAt",
      d.body->>'schedule' AS schedule, (d.body->>'freshnessSeconds')::float8 AS objective, (d.body->>'online')::bool AS online,
      CASE WHEN s.body->>'type' IN ('file', 'postgres') THEN s.body->>'type' ELSE s.body->'batchSource'->>'type' END AS "batchType",
      vs.paused_at AS "pausedAt", w.watermark, good.at AS "goodAt", failed.at AS "failedAt", failed.message AS failure,
      active.subject IS NOT NULL AS "isRunning",
      d.body->>'source' AS source, sp.newest_event AS "sourceNewest", sp.usual_age_seconds AS "usualAge", sp.error AS "sourceError",
      sp.measured_at AS "sourceAt", op.newest_event AS "newestOnline", op.measured_at AS "onlineAt"
    FROM p JOIN definition d ON d.project_id = p.id AND d.kind = 'feature_view'
    LEFT JOIN definition s ON s.project_id = p.id AND s.kind = 'data_source' AND s.name = d.body->>'source'
    LEFT JOIN view_schedule vs ON vs.project_id = p.id AND vs.view = d.name
    LEFT JOIN readers ON readers.view = d.name
    LEFT JOIN active ON active.subject = 'feature_view:' || d.name
    LEFT JOIN LATERAL (
      SELECT r.finished_at AS at FROM run r WHERE ${ofView} AND r.state = 'succeeded' AND r.finished_at IS NOT NULL ORDER BY r.finished_at DESC LIMIT 1
    ) good ON true
    LEFT JOIN LATERAL (
      SELECT r.finished_at AS at, r.error->>'message' AS message FROM run r
      WHERE ${ofView} AND r.state = 'failed' AND r.finished_at > coalesce(good.at, '-infinity') ORDER BY r.finished_at DESC LIMIT 1
    ) failed ON true
    LEFT JOIN source_probe sp ON sp.project_id = p.id AND sp.source = d.body->>'source'
    LEFT JOIN online_probe op ON op.project_id = p.id AND op.view = d.name
    LEFT JOIN LATERAL (
      SELECT o.event_watermark AS watermark FROM view_version v JOIN online_state o ON o.version_id = v.id AND o.store = ${store}
      WHERE v.view_id = d.id AND v.retired_at IS NULL ORDER BY o.ready_at IS NOT NULL DESC, v.number DESC LIMIT 1
    ) w ON true
    WHERE true ${only}
    ORDER BY d.name`;
  return rows.map(toFacts);
}

function sourceOf({ source: name, sourceNewest: newestEvent, usualAge: usualAgeSeconds, sourceError: error }: Row) {
  return { name, newestEvent, usualAgeSeconds, error };
}

function toFacts(row: Row): StoredFacts {
  const { view, owner, team, definedAt, schedule, online, batchType, watermark, isRunning, newestOnline } = row;
  return {
    view,
    owner,
    team,
    services: row.services ?? [],
    definedAt: toMicros(definedAt),
    schedule,
    online,
    batchType,
    ownObjectiveSeconds: row.objective,
    pausedAt: toMicros(row.pausedAt),
    watermark,
    lastGoodRunAt: toMicros(row.goodAt),
    failure: row.failedAt === null ? null : { at: toMicros(row.failedAt), message: row.failure ?? "it ended without a word." },
    isRunning,
    source: batchType === null ? null : { ...sourceOf(row), measuredAt: toMicros(row.sourceAt) },
    newestOnline,
    onlineMeasuredAt: toMicros(row.onlineAt),
  };
}
