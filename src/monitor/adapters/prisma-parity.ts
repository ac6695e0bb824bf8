import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { type Page, parseJsonExact, stringifyJsonExact, toDate, withDatabaseErrors } from "../../kit/index.ts";
import { PARITY_SAMPLES_MAX } from "../parity/judge-parity.ts";
import type {
  ParityCount,
  ParityExample,
  ParityFound,
  ParityOverviewRow,
  ParityRecord,
  ParityStore,
  RecentParity,
  StoredSample,
  WaitingQuery,
} from "../parity/port.ts";

/** Comparisons of served samples with history, in PostgreSQL: a note on each sample, and counts by day that outlive the samples. */
export function prismaParity(prisma: PrismaClient): ParityStore {
  return withDatabaseErrors<ParityStore>({
    waiting: (query) => readWaiting(prisma, query),
    async waitingViews({ project, servedBefore, againBefore }) {
      const rows = await prisma.$queryRaw<{ readonly view: string }[]>`
        SELECT DISTINCT s.view FROM served_sample s JOIN project p ON p.id = s.project_id
        WHERE p.name = ${project} AND (${firstLook(servedBefore)} OR ${secondLook(againBefore)})`;
      return rows.map(({ view }) => view);
    },
    async waitingCounts(project) {
      const rows = await prisma.$queryRaw<{ readonly view: string; readonly samples: number }[]>`
        SELECT s.view, count(*)::int AS samples FROM served_sample s JOIN project p ON p.id = s.project_id
        WHERE p.name = ${project} AND s.parity IS NULL GROUP BY 1`;
      return new Map(rows.map(({ view, samples }) => [view, samples]));
    },
    async postpone(project, ids) {
      await prisma.$executeRaw`UPDATE served_sample s SET parity = ${POSTPONED} FROM project p
        WHERE p.id = s.project_id AND p.name = ${project} AND s.id = ANY (${[...ids]}::bigint[]) AND s.parity IS NULL`;
    },
    save: (project, records) => saveRecords(prisma, project, records),
    async counts({ project, from, view, of }) {
      const only = Prisma.sql`${view === null ? Prisma.empty : Prisma.sql`AND c.view = ${view}`} ${of === "rows" ? Prisma.sql`AND c.feature = ''` : Prisma.empty}`;
      return prisma.$queryRaw<ParityCount[]>`
        SELECT c.view, c.feature, (c.day::timestamp AT TIME ZONE 'UTC') AS day, c.found, c.samples FROM parity_count c JOIN project p ON p.id = c.project_id
        WHERE p.name = ${project} AND c.day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date ${only} ORDER BY c.view, c.feature, c.day, c.found`;
    },
    examples: (query) => readExamples(prisma, query),
    recent: (project, since, views) => readRecent(prisma, { project, since, views, samples: PARITY_SAMPLES_MAX }),
    overview: (query) => readOverview(prisma, query),
  });
}

/** Stands where a finding will; the index by finding and time leads to them. */
const POSTPONED = "postponed";

function firstLook(servedBefore: bigint): Prisma.Sql {
  return Prisma.sql`(s.parity IS NULL AND s.served_at < ${servedBefore})`;
}

function secondLook(againBefore: bigint): Prisma.Sql {
  return Prisma.sql`(s.parity = ${POSTPONED} AND s.served_at < ${againBefore})`;
}

interface WaitingRow extends Omit<StoredSample, "versionId" | "ttlSeconds"> {
  readonly versionId: number;
  readonly ttlSeconds: bigint | null;
}

async function readWaiting(prisma: PrismaClient, { project, view, servedBefore, againBefore, limit }: WaitingQuery): Promise<readonly StoredSample[]> {
  const oldest = (which: Prisma.Sql): Prisma.Sql => Prisma.sql`(
    SELECT s.id, s.view, s.version_id AS "versionId", s.entity_key AS key, s.served_at AS "servedAt", s.status, s.event_time AS event, s.created_time AS created,
      s.ttl_seconds AS "ttlSeconds", s.features, s."values"::text AS "values"
    FROM served_sample s JOIN project p ON p.id = s.project_id
    WHERE p.name = ${project} AND s.view = ${view} AND ${which} ORDER BY s.served_at, s.id LIMIT ${limit})`;
  const rows = await prisma.$queryRaw<WaitingRow[]>`${oldest(firstLook(servedBefore))} UNION ALL ${oldest(secondLook(againBefore))} LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, versionId: String(row.versionId), ttlSeconds: row.ttlSeconds === null ? null : Number(row.ttlSeconds) }));
}

async function saveRecords(prisma: PrismaClient, project: string, records: readonly ParityRecord[]): Promise<void> {
  const rows = stringifyJsonExact(
    records.map(({ id, found, differing, history }) => ({ id, found, detail: found === "match" ? null : stringifyJsonExact({ differing, history }) })),
  );
  const features = stringifyJsonExact(records.flatMap(countedFeatures));
  await prisma.$executeRaw`
    WITH noted AS (
      UPDATE served_sample s SET parity = r.found, parity_detail = r.detail::json
      FROM json_to_recordset(${rows}::json) AS r(id bigint, found text, detail text), project p
      WHERE s.id = r.id AND (s.parity IS NULL OR s.parity = ${POSTPONED}) AND p.id = s.project_id AND p.name = ${project}
      RETURNING s.id, s.project_id, s.view, s.served_at)
    INSERT INTO parity_count AS kept (project_id, view, day, feature, found, samples)
    SELECT n.project_id, n.view, (to_timestamp(n.served_at / 1000000) AT TIME ZONE 'UTC')::date, f.feature, f.found, count(*)
    FROM noted n JOIN json_to_recordset(${features}::json) AS f(id bigint, feature text, found text) ON f.id = n.id
    GROUP BY 1, 2, 3, 4, 5
    ON CONFLICT (project_id, view, day, feature, found) DO UPDATE SET samples = kept.samples + excluded.samples`;
}

/** The row as a whole, and each feature: of a mismatching row, those that are the same count as a match. */
function countedFeatures({ id, found, features, differing }: ParityRecord): readonly { id: bigint; feature: string; found: ParityFound }[] {
  const differs = new Set(differing);
  const own = features.map((feature) => ({ id, feature, found: found === "mismatch" && !differs.has(feature) ? ("match" as const) : found }));
  return [{ id, feature: "", found }, ...own];
}

interface ExampleRow extends Omit<ParityExample, "key" | "versionId" | "values" | "differing" | "history"> {
  readonly key: string;
  readonly versionId: number;
  readonly values: string | null;
  readonly detail: string | null;
}

async function readExamples(prisma: PrismaClient, { project, view, found, limit }: Parameters<ParityStore["examples"]>[0]): Promise<readonly ParityExample[]> {
  const rows = await prisma.$queryRaw<ExampleRow[]>`
    SELECT s.id, s.parity AS found, s.entity_key AS key, s.version_id AS "versionId", s.served_at AS "servedAt", s.status, s.event_time AS event, s.features,
      s."values"::text AS "values", s.parity_detail::text AS detail
    FROM served_sample s JOIN project p ON p.id = s.project_id
    WHERE p.name = ${project} AND s.view = ${view} AND s.parity = ANY (${[...found]}) ORDER BY s.served_at DESC, s.id DESC LIMIT ${limit}`;
  return rows.map(({ key, values, versionId, detail, ...row }) => ({
    ...row,
    versionId: String(versionId),
    key: parseJsonExact(key) as readonly unknown[],
    values: values === null ? null : (parseJsonExact(values) as readonly unknown[]),
    ...readDetail(detail),
  }));
}

/** Only saveRecords writes it; times may be long whole numbers. */
function readDetail(detail: string | null): Pick<ParityExample, "differing" | "history"> {
  if (detail === null) return { differing: [], history: null };
  const { differing, history } = parseJsonExact(detail) as Pick<ParityExample, "differing" | "history">;
  if (history === null) return { differing, history };
  return { differing, history: { ...history, event: BigInt(history.event), created: history.created === null ? null : BigInt(history.created) } };
}

interface RecentRow {
  readonly view: string;
  readonly feature: string;
  readonly compared: number;
  readonly mismatches: number;
}

interface RecentQuery {
  readonly project: string;
  readonly since: bigint;
  readonly samples: number;
  readonly views: readonly string[] | null;
}

/** The counts say which views to look at, the index where their newest samples are; the features of a mismatch come from its note. */
async function readRecent(prisma: PrismaClient, { project, since, samples, views }: RecentQuery): Promise<readonly RecentParity[]> {
  const only = views === null ? Prisma.empty : Prisma.sql`AND c.view = ANY (${[...views]})`;
  const rows = await prisma.$queryRaw<RecentRow[]>`
    WITH newest AS (
      SELECT v.view, n.parity, n.parity_detail
      FROM (SELECT DISTINCT p.id, c.view FROM parity_count c JOIN project p ON p.id = c.project_id
        WHERE p.name = ${project} AND c.feature = '' AND c.day >= (${toDate(since)}::timestamptz AT TIME ZONE 'UTC')::date ${only}) v
      CROSS JOIN LATERAL (SELECT s.parity, s.parity_detail FROM served_sample s
        WHERE s.project_id = v.id AND s.view = v.view AND s.parity IN ('match', 'mismatch') AND s.served_at >= ${since}
        ORDER BY s.served_at DESC LIMIT ${samples}) n)
    SELECT view, '' AS feature, count(*)::int AS compared, (count(*) FILTER (WHERE parity = 'mismatch'))::int AS mismatches FROM newest GROUP BY 1
    UNION ALL
    SELECT view, feature, 0, count(*)::int FROM newest, json_array_elements_text(parity_detail->'differing') AS feature WHERE parity = 'mismatch' GROUP BY 1, 2
    ORDER BY 1, 4 DESC`;
  const wholes = rows.filter(({ feature }) => feature === "");
  return wholes.map(({ view, compared, mismatches }) => {
    const features = rows.filter((row) => row.view === view && row.feature !== "");
    return { view, compared, mismatches, byFeature: Object.fromEntries(features.map((row) => [row.feature, row.mismatches])) };
  });
}

interface OverviewRow extends ParityOverviewRow {
  readonly total: number;
}

/** Views that are served, those with most mismatches first, then those with most compared. */
async function readOverview(prisma: PrismaClient, query: Parameters<ParityStore["overview"]>[0]): Promise<Page<ParityOverviewRow>> {
  const { project, from, text, page, pageSize } = query;
  const rows = await prisma.$queryRaw<OverviewRow[]>`
    SELECT d.name AS view, d.owner, d.team, s.rate, s.rows_per_second_max AS "rowsPerSecondMax", coalesce(c.found, '{}') AS found, (count(*) OVER ())::int AS total
    FROM project p JOIN definition d ON d.project_id = p.id AND d.kind = 'feature_view' AND (d.body->>'online')::bool
    LEFT JOIN view_sampling s ON s.project_id = p.id AND s.view = d.name
    LEFT JOIN (SELECT project_id, view, json_object_agg(found, samples) AS found, sum(samples) FILTER (WHERE found = 'mismatch') AS mismatches,
        sum(samples) AS compared
      FROM (SELECT project_id, view, found, sum(samples) AS samples FROM parity_count WHERE feature = '' AND day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date GROUP BY 1, 2, 3) k GROUP BY 1, 2) c
      ON c.project_id = p.id AND c.view = d.name
    WHERE p.name = ${project} AND position(lower(${text}) IN lower(d.name)) > 0
    ORDER BY coalesce(c.mismatches, 0) DESC, coalesce(c.compared, 0) DESC, d.name LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`;
  // A page beyond the last one has no row to say how many there are.
  const total = rows[0]?.total ?? (page > 1 ? (await readOverview(prisma, { ...query, page: 1, pageSize: 1 })).total : 0);
  return { rows: rows.map(({ total: _, ...row }) => row), total, page, pageSize };
}
