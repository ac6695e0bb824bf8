import { Prisma } from "../../../../prisma/generated/client.ts";
import type { Json } from "../../../kit/index.ts";
import { LarderError } from "../../../kit/index.ts";
import type { OnlineState } from "../../port.ts";
import { notifyChange } from "./commit.ts";
import type { Client } from "./transactor.ts";

export async function readOnlineState(client: Client, versionId: string, store: string): Promise<OnlineState | null> {
  const row = await client.onlineState.findUnique({ where: { versionId_store: { versionId: Number(versionId), store } } });
  if (row === null) return null;
  const { eventWatermark, createdWatermark, epoch, sourceFingerprint, readyAt, lastRunId } = row;
  return { versionId, store, eventWatermark, createdWatermark, epoch, sourceFingerprint, ready: readyAt !== null, lastRunId };
}

/** Serving must notice only when the version becomes ready, or stops being it. */
export async function writeOnlineState(client: Client, project: string, state: OnlineState): Promise<void> {
  const key = { versionId: Number(state.versionId), store: state.store };
  const version = await client.viewVersion.findFirst({ where: { id: key.versionId, project: { name: project } }, select: { id: true } });
  if (version === null) throw new LarderError("not_found", `Project ${project} has no view version ${state.versionId}.`);
  const before = await client.onlineState.findUnique({ where: { versionId_store: key }, select: { readyAt: true } });
  const { eventWatermark, createdWatermark, epoch, sourceFingerprint, lastRunId } = state;
  const readyAt = state.ready ? (before?.readyAt ?? new Date()) : null;
  const fingerprint = sourceFingerprint === null || sourceFingerprint === undefined ? Prisma.DbNull : (sourceFingerprint as Json as Prisma.InputJsonValue);
  const data = { eventWatermark, createdWatermark, epoch, sourceFingerprint: fingerprint, readyAt, lastRunId };
  await client.onlineState.upsert({ where: { versionId_store: key }, create: { ...key, ...data }, update: data });
  if (state.ready !== ((before?.readyAt ?? null) !== null)) await raiseServingRevision(client, project);
}

async function raiseServingRevision(client: Client, project: string): Promise<void> {
  await client.project.update({ where: { name: project }, data: { servingRevision: { increment: 1 } } });
  await notifyChange(client, project);
}

/** Not retired yet, and either of a removed view or older than the version that is ready in this store. */
export async function findRetirableVersions(client: Client, project: string, store: string): Promise<readonly { versionId: string; view: string }[]> {
  const rows = await client.$queryRaw<{ id: number; view: string }[]>`
    SELECT v.id, v.view FROM view_version v JOIN project p ON p.id = v.project_id
    WHERE p.name = ${project} AND v.retired_at IS NULL AND (v.view_id IS NULL OR v.number < (
      SELECT max(ready.number) FROM view_version ready JOIN online_state o ON o.version_id = ready.id
      WHERE ready.view_id = v.view_id AND ready.retired_at IS NULL AND o.store = ${store} AND o.ready_at IS NOT NULL))
    ORDER BY v.id`;
  return rows.map(({ id, view }) => ({ versionId: String(id), view }));
}

export async function retireVersions(client: Client, versionIds: readonly string[]): Promise<void> {
  await client.viewVersion.updateMany({ where: { id: { in: versionIds.map(Number) }, retiredAt: null }, data: { retiredAt: new Date() } });
}
