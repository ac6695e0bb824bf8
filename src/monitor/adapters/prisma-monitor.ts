import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { withDatabaseErrors } from "../../kit/index.ts";
import type { AgeBin } from "../expiry/expiry.ts";
import type { MonitorStore, OnlineProbe } from "../port.ts";
import { readFreshnessFacts } from "./freshness-facts.ts";
import { requireProjectId } from "./project-id.ts";
import { addLooks, foldHours, forgetGone, readExpirySamples, readFreshnessSamples } from "./samples.ts";
import { toDate, toMicros } from "./times.ts";

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
    async onlineProbes(project) {
      const rows = await prisma.onlineProbe.findMany({ where: { project: { name: project } }, orderBy: { view: "asc" }, omit: { projectId: true } });
      return rows.map((row) => ({
        ...row,
        versionId: String(row.versionId),
        ages: row.ages as unknown as readonly AgeBin[],
        measuredAt: toMicros(row.measuredAt),
      }));
    },
    saveOnlineProbe: (project, probe) => saveOnlineProbe(prisma, project, probe),
    addFreshnessLooks: (project, now, looks) => addLooks(prisma, project, now, looks),
    freshnessSamples: (query) => readFreshnessSamples(prisma, query),
    expirySamples: (query) => readExpirySamples(prisma, query),
    async foldHours(before) {
      const folded = await foldHours(prisma, before);
      await forgetGone(prisma);
      return folded;
    },
  });
}

async function saveOnlineProbe(prisma: PrismaClient, project: string, probe: OnlineProbe): Promise<void> {
  const { view, versionId, measuredAt, ages, ...figures } = probe;
  const key = { projectId: await requireProjectId(prisma, project), view };
  const data = { ...figures, versionId: Number(versionId), ages: ages.map((bin) => ({ ...bin })), measuredAt: toDate(measuredAt) };
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
