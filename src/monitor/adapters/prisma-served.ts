import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { coerceJson, type FeatureValue, type ValueType } from "../../domain/index.ts";
import { LarderError, parseJsonExact, toDate, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import type { ServedStatus } from "../../serve/index.ts";
import { newestValues, type ServedRow } from "../served/newest-values.ts";
import type { SampleRetention, SamplingSetting, ServedCount, ServedSamples, ServedValues, ServedValuesQuery } from "../served/port.ts";
import { requireProjectId } from "./project-id.ts";

/** What serving keeps of its answers, in PostgreSQL. */
export function prismaServedSamples(prisma: PrismaClient): ServedSamples {
  return withDatabaseErrors<ServedSamples>({
    values: (query) => readValues(prisma, query),
    counts: (project, since, views) => readCounts(prisma, { project, since, views }),
    async settings(project) {
      return prisma.$queryRaw<SamplingSetting[]>`SELECT p.name AS project, s.view, s.rate, s.rows_per_second_max AS "rowsPerSecondMax",
        s.updated_by AS "updatedBy", s.updated_at AS "updatedAt" FROM view_sampling s JOIN project p ON p.id = s.project_id WHERE p.name = ${project}`;
    },
    async setRate(tx, { project, view, rate, rowsPerSecondMax, by, at }) {
      const client = transactionHandle(tx) as Prisma.TransactionClient; // the Transactor hands out Prisma's
      const key = { projectId: await requireProjectId(client, project), view };
      const setting = { rate, rowsPerSecondMax, updatedBy: by, updatedAt: toDate(at) };
      await client.viewSampling.upsert({ where: { projectId_view: key }, create: { ...key, ...setting }, update: setting });
    },
    sweep: (retention) => sweep(prisma, retention),
  });
}

interface ValueRow {
  readonly key: string;
  readonly status: ServedStatus;
  readonly features: readonly string[];
  readonly values: string | null;
  readonly samples: bigint;
}

async function readValues(prisma: PrismaClient, query: ServedValuesQuery): Promise<ServedValues> {
  const { project, view, versionId, features, start, end, limit } = query;
  const ofVersion = versionId === null ? Prisma.empty : Prisma.sql`AND s.version_id = ${Number(versionId)}`;
  const rows = await prisma.$queryRaw<ValueRow[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (s.entity_key, s.features) s.entity_key AS key, s.status, s.features, s."values"::text AS "values", s.served_at, count(*) OVER () AS samples
      FROM served_sample s JOIN project p ON p.id = s.project_id
      WHERE p.name = ${project} AND s.view = ${view} AND s.served_at >= ${start} AND s.served_at < ${end} ${ofVersion}
        AND s.features && ${features.map(({ name }) => name)}::text[]
      ORDER BY s.entity_key, s.features, s.served_at DESC, s.id DESC) newest
    ORDER BY served_at DESC LIMIT ${limit}`;
  const types = new Map(features.map(({ name, type }) => [name, type]));
  return {
    columns: newestValues(
      rows.map((row) => toServedRow(row, types)),
      query,
    ),
    samples: Number(rows[0]?.samples ?? 0),
  };
}

function toServedRow({ values, ...row }: ValueRow, types: ReadonlyMap<string, ValueType>): ServedRow {
  if (values === null) return { ...row, values: null };
  const read = parseJsonExact(values) as readonly unknown[];
  return { ...row, values: row.features.map((feature, index) => valueFrom(types.get(feature), read[index])) };
}

/** Null for features that were not asked about. */
function valueFrom(type: ValueType | undefined, json: unknown): FeatureValue {
  if (type === undefined) return null;
  const coerced = coerceJson(type, json);
  if (coerced.ok) return coerced.value;
  throw new LarderError("internal", `A served sample holds a value that is no ${type}: ${coerced.reason}.`);
}

interface CountsQuery {
  readonly project: string;
  readonly since: bigint;
  readonly views: readonly string[] | null;
}

interface CountRow {
  readonly view: string;
  readonly status: ServedStatus;
  readonly samples: bigint;
  readonly newest: bigint;
}

async function readCounts(prisma: PrismaClient, { project, since, views }: CountsQuery): Promise<readonly ServedCount[]> {
  const only = views === null ? Prisma.empty : Prisma.sql`AND s.view = ANY (${[...views]})`;
  const rows = await prisma.$queryRaw<CountRow[]>`
    SELECT s.view, s.status, count(*) AS samples, max(s.served_at) AS newest
    FROM served_sample s JOIN project p ON p.id = s.project_id
    WHERE p.name = ${project} AND s.served_at >= ${since} ${only} GROUP BY 1, 2 ORDER BY 1, max(s.served_at) DESC`;
  const counts = new Map<string, ServedCount>();
  for (const { view, status, samples, newest } of rows) {
    const before = counts.get(view) ?? { view, samples: 0, newest, byStatus: { PRESENT: 0, OUTSIDE_MAX_AGE: 0, NOT_FOUND: 0 } };
    counts.set(view, {
      view,
      samples: before.samples + Number(samples),
      newest: before.newest, // the first row of a view is its newest
      byStatus: { ...before.byStatus, [status]: Number(samples) },
    });
  }
  return [...counts.values()];
}

async function sweep(prisma: PrismaClient, { before, countsBefore, rowsPerViewMax, rowsMax }: SampleRetention): Promise<number> {
  const old = await prisma.$executeRaw`DELETE FROM served_sample WHERE served_at < ${before}`;
  await prisma.$executeRaw`DELETE FROM parity_count WHERE day < (${toDate(countsBefore)}::timestamptz AT TIME ZONE 'UTC')::date`;
  const many = await prisma.$executeRaw`
    DELETE FROM served_sample s USING (
      SELECT v.project_id, v.view, (SELECT n.served_at FROM served_sample n WHERE n.project_id = v.project_id AND n.view = v.view
        ORDER BY n.served_at DESC OFFSET ${rowsPerViewMax} LIMIT 1) AS last
      FROM (SELECT project_id, view FROM served_sample GROUP BY 1, 2 HAVING count(*) > ${rowsPerViewMax}) v) over
    WHERE s.project_id = over.project_id AND s.view = over.view AND s.served_at <= over.last`;
  // Ids follow the time of storing, batch by batch, and their index answers at once.
  const beyond = await prisma.$executeRaw`
    DELETE FROM served_sample WHERE id <= (SELECT id FROM served_sample ORDER BY id DESC OFFSET ${rowsMax} LIMIT 1)`;
  let gone = 0;
  for (const table of [Prisma.sql`served_sample`, Prisma.sql`view_sampling`, Prisma.sql`parity_count`]) {
    gone += await prisma.$executeRaw`DELETE FROM ${table} g WHERE NOT EXISTS (
      SELECT FROM definition d WHERE d.project_id = g.project_id AND d.kind = 'feature_view' AND d.name = g.view)`;
  }
  return old + many + beyond + gone;
}
