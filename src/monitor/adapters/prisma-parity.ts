import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { parseJsonExact, stringifyJsonExact, withDatabaseErrors } from "../../kit/index.ts";
import type { ParityCount, ParityExample, ParityFound, ParityRecord, ParityStore, RecentParity, StoredSample } from "../parity/port.ts";

/** Comparisons of served samples with history, in PostgreSQL: a note on each sample, and counts by day that outlive the samples. */
export function prismaParity(prisma: PrismaClient): ParityStore {
  return withDatabaseErrors<ParityStore>({
    waiting: (project, servedBefore, limit) => readWaiting(prisma, { project, servedBefore, limit }),
    async waitingCounts(project) {
      const rows = await prisma.$queryRaw<{ readonly view: string; readonly samples: number }[]>`
        SELECT s.view, count(*)::int AS samples FROM served_sample s JOIN project p ON p.id = s.project_id
        WHERE p.name = ${project} AND s.parity IS NULL GROUP BY 1`;
      return new Map(rows.map(({ view, samples }) => [view, samples]));
    },
    save: (project, records) => saveRecords(prisma, project, records),
    async counts(project, from, views) {
      const only = views === null ? Prisma.empty : Prisma.sql`AND c.view = ANY (${[...views]})`;
      return prisma.$queryRaw<ParityCount[]>`
        SELECT c.view, c.feature, c.day::timestamptz AS day, c.found, c.samples FROM parity_count c JOIN project p ON p.id = c.project_id
        WHERE p.name = ${project} AND c.day >= ${from}::date ${only} ORDER BY c.view, c.feature, c.day, c.found`;
    },
    examples: (query) => readExamples(prisma, query),
    recent: (project, since, samples) => readRecent(prisma, { project, since, samples }),
  });
}

interface WaitingRow extends Omit<StoredSample, "versionId" | "ttlSeconds"> {
  readonly versionId: number;
  readonly ttlSeconds: bigint | null;
}

interface WaitingQuery {
  readonly project: string;
  readonly servedBefore: bigint;
  readonly limit: number;
}

async function readWaiting(prisma: PrismaClient, { project, servedBefore, limit }: WaitingQuery): Promise<readonly StoredSample[]> {
  const rows = await prisma.$queryRaw<WaitingRow[]>`
    SELECT id, view, version_id AS "versionId", entity_key AS key, served_at AS "servedAt", status, event_time AS event, created_time AS created,
      ttl_seconds AS "ttlSeconds", features, "values"::text AS "values"
    FROM (SELECT s.*, row_number() OVER (PARTITION BY s.view ORDER BY s.served_at, s.id) AS place FROM served_sample s JOIN project p ON p.id = s.project_id
      WHERE p.name = ${project} AND s.parity IS NULL AND s.served_at < ${servedBefore}) waiting
    WHERE place <= ${limit} ORDER BY view, version_id, place`;
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
      WHERE s.id = r.id AND s.parity IS NULL AND p.id = s.project_id AND p.name = ${project}
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

/** The features of a mismatch come from its note, so that only the newest samples speak. */
async function readRecent(
  prisma: PrismaClient,
  { project, since, samples }: { readonly project: string; readonly since: bigint; readonly samples: number },
): Promise<readonly RecentParity[]> {
  const rows = await prisma.$queryRaw<RecentRow[]>`
    WITH newest AS (
      SELECT * FROM (SELECT s.view, s.parity, s.parity_detail, row_number() OVER (PARTITION BY s.view ORDER BY s.served_at DESC, s.id DESC) AS place
        FROM served_sample s JOIN project p ON p.id = s.project_id
        WHERE p.name = ${project} AND s.parity IN ('match', 'mismatch') AND s.served_at >= ${since}) ranked
      WHERE place <= ${samples})
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
