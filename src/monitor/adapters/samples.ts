import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { type Micros, toDate } from "../../kit/index.ts";
import type { Looks } from "../freshness/slo.ts";
import type { Timeliness } from "../incidents/incident-state.ts";
import type { ExpirySample, FreshnessLook, FreshnessSample, SampleQuery } from "../port.ts";

const DAY_MS = 86_400_000;
/** States from the best to the worst, in which a sample keeps the worst. */
const WORST_OF = Prisma.sql`(ARRAY['unknown', 'on time', 'at risk', 'late'])`;

export async function addLooks(prisma: PrismaClient, project: string, now: Micros, looks: readonly FreshnessLook[]): Promise<void> {
  const rows = JSON.stringify(
    looks.map(({ view, state, ageSeconds, objectiveSeconds, cause }) => ({ view, state, age: ageSeconds, objective: objectiveSeconds, cause })),
  );
  await prisma.$executeRaw`
    INSERT INTO freshness_sample AS kept (project_id, view, span, at, state, on_time, at_risk, late, unknown, age_seconds_max, objective_seconds, cause)
    SELECT p.id, l.view, 'hour', date_trunc('hour', ${toDate(now)}::timestamptz, 'UTC'), l.state, (l.state = 'on time')::int, (l.state = 'at risk')::int,
      (l.state = 'late')::int, (l.state = 'unknown')::int, l.age, l.objective, l.cause
    FROM project p, jsonb_to_recordset(${rows}::jsonb) AS l(view text, state text, age float8, objective float8, cause text)
    WHERE p.name = ${project}
    ON CONFLICT (project_id, span, at, view) DO UPDATE SET
      state = ${WORST_OF}[greatest(array_position(${WORST_OF}, kept.state), array_position(${WORST_OF}, excluded.state))],
      on_time = kept.on_time + excluded.on_time, at_risk = kept.at_risk + excluded.at_risk, late = kept.late + excluded.late,
      unknown = kept.unknown + excluded.unknown, age_seconds_max = greatest(kept.age_seconds_max, excluded.age_seconds_max),
      objective_seconds = excluded.objective_seconds, cause = coalesce(excluded.cause, kept.cause)`;
}

export async function readFreshnessSamples(prisma: PrismaClient, query: SampleQuery): Promise<readonly FreshnessSample[]> {
  const rows = await prisma.freshnessSample.findMany({ where: whereOf(query), orderBy: [{ view: "asc" }, { at: "asc" }], omit: { projectId: true } });
  return rows.map((row) => ({ ...row, span: query.span, state: row.state as Timeliness })); // only addLooks writes states
}

export async function sumFreshnessSamples(prisma: PrismaClient, query: SampleQuery): Promise<ReadonlyMap<string, Looks>> {
  const sums = await prisma.freshnessSample.groupBy({ by: ["view"], where: whereOf(query), _sum: { onTime: true, atRisk: true, late: true } });
  return new Map(sums.map(({ view, _sum: { onTime, atRisk, late } }) => [view, { onTime: onTime ?? 0, atRisk: atRisk ?? 0, late: late ?? 0 }]));
}

export async function readExpirySamples(prisma: PrismaClient, query: SampleQuery): Promise<readonly ExpirySample[]> {
  const rows = await prisma.expirySample.findMany({ where: whereOf(query), orderBy: [{ view: "asc" }, { at: "asc" }], omit: { projectId: true } });
  return rows.map((row) => ({ ...row, span: query.span }));
}

function whereOf({ project, views, span, from }: SampleQuery) {
  return { project: { name: project }, span, at: { gte: from }, ...(views !== null && { view: { in: [...views] } }) };
}

/** Hours become days, whole days only; a day's state is its worst hour's. One day of one project at a time: a restart loses no more than that. */
export async function foldHours(prisma: PrismaClient, before: Micros): Promise<number> {
  const end = new Date(Math.floor(toDate(before).getTime() / DAY_MS) * DAY_MS);
  let folded = 0;
  for (const { id: projectId } of await prisma.project.findMany({ select: { id: true }, orderBy: { id: "asc" } })) {
    const hours = { projectId, span: "hour", at: { lt: end } };
    const oldest = { where: hours, orderBy: { at: "asc" }, select: { at: true } } as const;
    folded += await foldDays(
      projectId,
      () => prisma.freshnessSample.findFirst(oldest),
      (day) => foldFreshness(prisma, day),
    );
    await foldDays(
      projectId,
      () => prisma.expirySample.findFirst(oldest),
      (day) => foldExpiry(prisma, day),
    );
  }
  return folded;
}

interface ProjectDay {
  readonly projectId: number;
  readonly begin: Date;
  readonly end: Date;
}

async function foldDays(projectId: number, oldest: () => Promise<{ readonly at: Date } | null>, fold: (day: ProjectDay) => Promise<number>): Promise<number> {
  let folded = 0;
  for (let hour = await oldest(); hour !== null; hour = await oldest()) {
    const begin = new Date(Math.floor(hour.at.getTime() / DAY_MS) * DAY_MS);
    folded += await fold({ projectId, begin, end: new Date(begin.getTime() + DAY_MS) });
  }
  return folded;
}

async function foldFreshness(prisma: PrismaClient, { projectId, begin, end }: ProjectDay): Promise<number> {
  const [row] = await prisma.$queryRaw<{ folded: number }[]>`
    WITH gone AS (DELETE FROM freshness_sample WHERE project_id = ${projectId} AND span = 'hour' AND at >= ${begin} AND at < ${end} RETURNING *),
    kept AS (
      INSERT INTO freshness_sample (project_id, view, span, at, state, on_time, at_risk, late, unknown, age_seconds_max, objective_seconds, cause)
      SELECT project_id, view, 'day', ${begin}, ${WORST_OF}[max(array_position(${WORST_OF}, state))], sum(on_time), sum(at_risk), sum(late),
        sum(unknown), max(age_seconds_max), max(objective_seconds), max(cause)
      FROM gone GROUP BY 1, 2
      ON CONFLICT DO NOTHING
    ) SELECT count(*)::int AS folded FROM gone`;
  return row?.folded ?? 0;
}

async function foldExpiry(prisma: PrismaClient, { projectId, begin, end }: ProjectDay): Promise<number> {
  const [row] = await prisma.$queryRaw<{ folded: number }[]>`
    WITH gone AS (DELETE FROM expiry_sample WHERE project_id = ${projectId} AND span = 'hour' AND at >= ${begin} AND at < ${end} RETURNING *),
    kept AS (
      INSERT INTO expiry_sample (project_id, view, span, at, keys, looked, expired)
      SELECT DISTINCT ON (view) project_id, view, 'day', ${begin}, keys, looked, expired FROM gone ORDER BY view, at DESC
      ON CONFLICT DO NOTHING
    ) SELECT count(*)::int AS folded FROM gone`;
  return row?.folded ?? 0;
}

/** Samples and probes of what is no longer defined. */
export async function forgetGone(prisma: PrismaClient): Promise<void> {
  for (const table of [Prisma.sql`online_probe`, Prisma.sql`freshness_sample`, Prisma.sql`expiry_sample`]) {
    await prisma.$executeRaw`DELETE FROM ${table} g WHERE NOT EXISTS (
      SELECT FROM definition d WHERE d.project_id = g.project_id AND d.kind = 'feature_view' AND d.name = g.view)`;
  }
  await prisma.$executeRaw`DELETE FROM source_probe g WHERE NOT EXISTS (
    SELECT FROM definition d WHERE d.project_id = g.project_id AND d.kind = 'data_source' AND d.name = g.source)`;
}
