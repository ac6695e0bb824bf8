import type { Alert as AlertRow, Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import { LarderError, literally, type Micros, type Transaction, toDate, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import type { AlertMessage, AlertSeverity, Channel, ChannelSettings, NotifyStore, SentAlert } from "../port.ts";

type Client = Prisma.TransactionClient;
const WHOLE = { project: { select: { name: true } }, routes: { orderBy: { id: "asc" } } } as const satisfies Prisma.AlertChannelInclude;
type ChannelRow = Prisma.AlertChannelGetPayload<{ include: typeof WHOLE }>;

/** Channels and the outbox in PostgreSQL. */
export function prismaNotifyStore(prisma: PrismaClient): NotifyStore {
  return withDatabaseErrors<NotifyStore>({
    async channels(project) {
      return (await prisma.alertChannel.findMany({ where: { project: { name: project } }, orderBy: { name: "asc" }, include: WHOLE })).map(toChannel);
    },
    saveChannel: (tx, channel, now) => saveChannel(clientOf(tx), channel, now),
    async removeChannel(tx, project, id) {
      await clientOf(tx).alertChannel.deleteMany({ where: { id, project: { name: project } } });
    },
    async enqueue(tx, alerts, now) {
      const client = clientOf(tx);
      const at = toDate(now);
      for (const { project, channel, incident, onceKey, message, dueAt = now } of alerts) {
        await client.$executeRaw`
          INSERT INTO alert (project_id, channel_id, incident_id, once_key, message, state, due_at, created_at)
          SELECT p.id, ${channel}, ${incident}, ${onceKey}, ${JSON.stringify(message)}::jsonb, 'waiting', ${toDate(dueAt)}, ${at} FROM project p WHERE p.name = ${project}
          ON CONFLICT (once_key) DO NOTHING`;
      }
    },
    async defer(tx, keysFrom, dueAt) {
      const where = { onceKey: { startsWith: literally(keysFrom) }, state: "waiting", attempts: 0 };
      if (dueAt === null) await clientOf(tx).alert.deleteMany({ where });
      else await clientOf(tx).alert.updateMany({ where, data: { dueAt: toDate(dueAt) } });
    },
    async known(tx, onceKeys) {
      const found = await clientOf(tx).alert.findMany({ where: { onceKey: { in: [...onceKeys] } }, select: { onceKey: true } });
      return found.map(({ onceKey }) => onceKey);
    },
    async take(now, until, limit) {
      const rows = await prisma.$queryRaw<{ id: bigint; onceKey: string; message: AlertMessage; settings: ChannelSettings; attempts: number }[]>`
        WITH due AS (
          SELECT a.id FROM alert a JOIN (
            SELECT id, row_number() OVER (PARTITION BY channel_id ORDER BY due_at, id) AS turn FROM alert w
            WHERE state = 'waiting' AND due_at <= ${toDate(now)} AND NOT EXISTS (
              SELECT FROM alert b WHERE b.state = 'waiting' AND b.incident_id = w.incident_id AND b.channel_id = w.channel_id AND b.id < w.id)
          ) t ON t.id = a.id
          WHERE a.state = 'waiting' AND a.due_at <= ${toDate(now)} ORDER BY t.turn, a.due_at LIMIT ${limit} FOR UPDATE OF a SKIP LOCKED
        )
        UPDATE alert a SET due_at = ${toDate(until)}, attempts = a.attempts + 1 FROM due, alert_channel c
        WHERE a.id = due.id AND c.id = a.channel_id
        RETURNING a.id, a.once_key AS "onceKey", a.message, c.settings, a.attempts`;
      return rows;
    },
    async markSent(id, now) {
      await prisma.alert.updateMany({ where: { id }, data: { state: "sent", sentAt: toDate(now), error: null } });
    },
    async markFailed({ id, attempts }, error, retryAt) {
      const data = retryAt === null ? { state: "failed", error } : { dueAt: toDate(retryAt), error };
      await prisma.alert.updateMany({ where: { id, attempts, state: "waiting" }, data });
    },
    async retry(tx, project, id, now) {
      const client = clientOf(tx);
      const where = { id, state: "failed", project: { name: project } };
      const { count } = await client.alert.updateMany({ where, data: { state: "waiting", attempts: 0, error: null, dueAt: toDate(now) } });
      if (count === 0) return null;
      const { message } = await client.alert.findUniqueOrThrow({ where: { id }, select: { message: true } });
      return messageOf(message).title;
    },
    async alerts({ project, state, page, pageSize }) {
      const where = { project: { name: project }, ...(state !== null && { state }) };
      const about = { channel: { select: { name: true } } } as const;
      const [rows, total] = await Promise.all([
        prisma.alert.findMany({ where, orderBy: { id: "desc" }, skip: (page - 1) * pageSize, take: pageSize, include: about }),
        prisma.alert.count({ where }),
      ]);
      return { rows: rows.map(toSentAlert), total, page, pageSize };
    },
  });
}

function messageOf(stored: Prisma.JsonValue): AlertMessage {
  return stored as unknown as AlertMessage; // only enqueue writes it
}

function toSentAlert({
  id,
  channel,
  incidentId,
  message,
  state,
  attempts,
  error,
  dueAt,
  createdAt,
  sentAt,
}: AlertRow & { channel: { name: string } }): SentAlert {
  const { event, title } = messageOf(message);
  const told = { id: String(id), channel: channel.name, event, incident: incidentId, title };
  return { ...told, state: state as SentAlert["state"], attempts, error, dueAt, createdAt, sentAt };
}

/** The Transactor hands out Prisma's interactive transaction. */
function clientOf(tx: Transaction): Client {
  return transactionHandle(tx) as Client;
}

async function saveChannel(client: Client, channel: Parameters<NotifyStore["saveChannel"]>[1], now: Micros): Promise<Channel> {
  const { id, project, name, settings, routes } = channel;
  const owner = await client.project.findUnique({ where: { name: project }, select: { id: true } });
  if (owner === null) throw new LarderError("not_found", `There is no project ${project}.`);
  const holder = await client.alertChannel.findUnique({ where: { projectId_name: { projectId: owner.id, name } }, select: { id: true } });
  if (holder !== null && holder.id !== id)
    throw new LarderError("already_exists", `There is a channel named ${name} already.`, { hint: "Choose another name." });
  const at = toDate(now);
  const data = { name, type: settings.type, settings: settings as unknown as Prisma.InputJsonValue, updatedAt: at };
  const row =
    id === null
      ? await client.alertChannel.create({ data: { ...data, projectId: owner.id, createdAt: at }, select: { id: true } })
      : await client.alertChannel.update({ where: { id, projectId: owner.id }, data, select: { id: true } });
  await client.alertRoute.deleteMany({ where: { channelId: row.id } });
  await client.alertRoute.createMany({ data: routes.map((route) => ({ ...route, projectId: owner.id, channelId: row.id })) });
  return toChannel(await client.alertChannel.findUniqueOrThrow({ where: { id: row.id }, include: WHOLE }));
}

function toChannel({ id, project, name, settings, routes, updatedAt }: ChannelRow): Channel {
  return {
    id,
    project: project.name,
    name,
    settings: settings as unknown as ChannelSettings, // only saveChannel writes it
    routes: routes.map(({ team, severityMin }) => ({ team, severityMin: severityMin as AlertSeverity })),
    updatedAt,
  };
}
