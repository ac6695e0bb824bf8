import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { LarderError, type Transaction, toDate, toMicros, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import type { ScheduledView, Schedules } from "../port.ts";

interface Row {
  readonly project: string;
  readonly view: string;
  readonly team: string | null;
  readonly schedule: string;
  readonly definedAt: Date;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
  readonly lastTickAt: Date | null;
  readonly isRunning: boolean;
}

/** Schedules in PostgreSQL: the cron text from the definitions, their state in a table of its own. */
export function prismaSchedules(prisma: PrismaClient): Schedules {
  return withDatabaseErrors<Schedules>({
    async list() {
      return (await read(prisma, Prisma.empty)).map(toScheduledView);
    },
    async find(project, view) {
      const [row] = await read(prisma, Prisma.sql`AND p.name = ${project} AND d.name = ${view}`);
      return row ? toScheduledView(row) : null;
    },
    async ticked(tx, project, ticks) {
      const rows = JSON.stringify(ticks.map(({ view, at }) => ({ view, at: toDate(at).toISOString() })));
      await clientOf(tx).$executeRaw`
        INSERT INTO view_schedule (project_id, view, last_tick_at)
        SELECT p.id, t.view, t.at FROM project p, jsonb_to_recordset(${rows}::jsonb) AS t(view text, at timestamptz) WHERE p.name = ${project}
        ON CONFLICT (project_id, view) DO UPDATE SET last_tick_at = greatest(view_schedule.last_tick_at, excluded.last_tick_at)`;
    },
    async setPause(tx, { project, view }, pause) {
      const client = clientOf(tx);
      const found = await client.project.findUnique({ where: { name: project }, select: { id: true } });
      if (found === null) throw new LarderError("not_found", `There is no project ${project}.`);
      const key = { projectId: found.id, view };
      const state = { pausedAt: pause === null ? null : toDate(pause.at), pausedBy: pause?.by ?? null };
      await client.viewSchedule.upsert({ where: { projectId_view: key }, create: { ...key, ...state }, update: state });
    },
  });
}

/** The Transactor hands out Prisma's interactive transaction. */
function clientOf(tx: Transaction): Prisma.TransactionClient {
  return transactionHandle(tx) as Prisma.TransactionClient;
}

function read(prisma: PrismaClient, only: Prisma.Sql): Promise<Row[]> {
  return prisma.$queryRaw<Row[]>`
    SELECT p.name AS project, d.name AS view, d.team, d.body->>'schedule' AS schedule, d.updated_at AS "definedAt",
      s.paused_at AS "pausedAt", s.paused_by AS "pausedBy", s.last_tick_at AS "lastTickAt",
      EXISTS (SELECT FROM run r WHERE r.project_id = p.id AND r.active_key IS NOT NULL AND r.kind = 'materialize'
        AND r.subject = 'feature_view:' || d.name) AS "isRunning"
    FROM definition d JOIN project p ON p.id = d.project_id
    LEFT JOIN view_schedule s ON s.project_id = d.project_id AND s.view = d.name
    WHERE d.kind = 'feature_view' AND d.body->>'schedule' IS NOT NULL ${only}
    ORDER BY d.id`;
}

function toScheduledView({ definedAt, lastTickAt, ...row }: Row): ScheduledView {
  return { ...row, definedAt: toMicros(definedAt), lastTickAt: toMicros(lastTickAt) };
}
