import { type OnlineProbe as OnlineProbeRow, Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { toDate, toMicros, withDatabaseErrors } from "../../kit/index.ts";
import type { AgeBin } from "../expiry/expiry.ts";
import type { MonitorStore, OnlineProbe, ProbeFilter } from "../port.ts";
import { readFreshnessFacts } from "./freshness-facts.ts";
import { requireProjectId } from "./project-id.ts";
import { addLooks, foldHours, forgetGone, readExpirySamples, readFreshnessSamples, sumFreshnessSamples } from "./samples.ts";

const HOUR_MS = 3_600_000;

/** What the monitor remembers, in PostgreSQL. */
export function prismaMonitorStore(prisma: PrismaClient): MonitorStore {
  return withDatabaseErrors<MonitorStore>({
    freshnessFacts: (project, views) => readFreshnessFacts(prisma, project, views),
    async sourceProbes(project) {
      const rows = await prisma.sourceProbe.findMany({ where: { project: { name: project } }, omit: { projectId: true } });
      return rows.map((row) => ({ ...row, measuredAt: toMicros(row.measuredAt) }));
    },
    async saveSourceProbe(project, { source, measuredAt, ...figures }) {
      const key = { projectId: await requireProjectId(prisma, project), source };
      const data = { ...figures, measuredAt: toDate(measuredAt) };
      await prisma.sourceProbe.upsert({ where: { projectId_source: key }, create: { ...key, ...data }, update: data });
    },
    async onlineProbes(project, views) {
      const where = { project: { name: project }, ...(views !== null && { view: { in: [...views] } }) };
      return (await prisma.onlineProbe.findMany({ where, orderBy: { view: "asc" }, omit: { projectId: true } })).map(toProbe);
    },
    listOnlineProbes: (filter) => listProbes(prisma, filter),
    saveOnlineProbe: (project, probe) => saveOnlineProbe(prisma, project, probe),
    addFreshnessLooks: (project, now, looks) => addLooks(prisma, project, now, looks),
    freshnessSamples: (query) => readFreshnessSamples(prisma, query),
    freshnessTotals: (query) => sumFreshnessSamples(prisma, query),
    expirySamples: (query) => readExpirySamples(prisma, query),
    async foldHours(before) {
      const folded = await foldHours(prisma, before);
      await forgetGone(prisma);
      return folded;
    },
  });
}

/** Sorted by a share that is no column, so the page's names come first and their rows after. */
async function listProbes(prisma: PrismaClient, { project, text, page, pageSize }: ProbeFilter) {
  const where = Prisma.sql`p.name = ${project} AND position(lower(${text}) IN lower(o.view)) > 0`;
  const share = Prisma.sql`CASE WHEN o.looked > 0 AND o.ttl_seconds > 0 THEN o.expired::float8 / o.looked ELSE -1 END`;
  const [names, [count]] = await Promise.all([
    prisma.$queryRaw<{ view: string }[]>`SELECT o.view FROM project p JOIN online_probe o ON o.project_id = p.id WHERE ${where}
      ORDER BY ${share} DESC, o.view LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
    prisma.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM project p JOIN online_probe o ON o.project_id = p.id WHERE ${where}`,
  ]);
  const views = names.map(({ view }) => view);
  const rows = await prisma.onlineProbe.findMany({ where: { project: { name: project }, view: { in: views } }, omit: { projectId: true } });
  const byView = new Map(rows.map((row) => [row.view, toProbe(row)]));
  return { rows: views.flatMap((view) => byView.get(view) ?? []), total: count?.total ?? 0, page, pageSize };
}

function toProbe({ versionId, ttlSeconds, ages, measuredAt, ...row }: Omit<OnlineProbeRow, "projectId">): OnlineProbe {
  const ttl = ttlSeconds === null ? null : Number(ttlSeconds);
  return { ...row, versionId: String(versionId), ttlSeconds: ttl, ages: ages as unknown as readonly AgeBin[], measuredAt: toMicros(measuredAt) }; // only saveOnlineProbe writes them
}

async function saveOnlineProbe(prisma: PrismaClient, project: string, probe: OnlineProbe): Promise<void> {
  const { view, versionId, ttlSeconds, measuredAt, ages, ...figures } = probe;
  const key = { projectId: await requireProjectId(prisma, project), view };
  const ttl = ttlSeconds === null ? null : BigInt(ttlSeconds);
  const data = { ...figures, versionId: Number(versionId), ttlSeconds: ttl, ages: ages.map((bin) => ({ ...bin })), measuredAt: toDate(measuredAt) };
  await prisma.onlineProbe.upsert({ where: { projectId_view: key }, create: { ...key, ...data }, update: data });
  if (probe.error !== null) return;
  const { keys, looked, expired } = probe;
  const sample = { ...key, span: "hour", at: new Date(Math.floor(data.measuredAt.getTime() / HOUR_MS) * HOUR_MS) };
  await prisma.expirySample.upsert({
    where: { projectId_span_at_view: sample },
    create: { ...sample, keys, looked, expired },
    update: { keys, looked, expired },
  });
}
