import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { LarderError, type Logger, type Transaction, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import { type Attempt, isFinished, type NewRun, type Run, type RunEnd, type RunLog } from "../port.ts";
import { followEvents, RUN_CHANNEL } from "./follow-events.ts";
import { listRuns, readChoices } from "./list-runs.ts";
import { toJson, toRun, toRunEvent } from "./run-row.ts";

const WITH_PROJECT = { project: { select: { name: true } } } as const;
type Client = Prisma.TransactionClient;

export interface PrismaRunLogOptions {
  readonly prisma: PrismaClient;
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/** Runs and their events in PostgreSQL. Every method rejects with `unavailable` while the database is down. */
export function prismaRunLog({ prisma, databaseUrl, logger }: PrismaRunLogOptions): RunLog {
  return withDatabaseErrors<RunLog>({
    create: (tx, run) => createRun(clientOf(tx), run),
    get: (id) => findRun(prisma, id),
    list: (filter) => listRuns(prisma, filter),
    choices: (project) => readChoices(prisma, project),
    async ofGroup(group) {
      return (await prisma.run.findMany({ where: { groupId: group }, orderBy: { id: "asc" }, include: WITH_PROJECT })).map(toRun);
    },
    begin: (id, worker) => prisma.$transaction((tx) => beginRun(tx, id, worker)),
    progress: (attempt, progress) => prisma.$transaction((tx) => writeAttempt(tx, attempt, { progress: toJson(progress) }, "progress", progress)),
    waiting: (attempt, what) => prisma.$transaction((tx) => writeAttempt(tx, attempt, { waitingFor: what }, "state", { state: "running", waitingFor: what })),
    checkpoint: (attempt, checkpoint) => prisma.$transaction((tx) => writeAttempt(tx, attempt, { checkpoint: toJson(checkpoint) }, null, null)),
    log: (attempt, level, message) => prisma.$transaction((tx) => writeAttempt(tx, attempt, {}, "log", { level, message })),
    finish: (attempt, end, tx) => (tx ? finishRun(clientOf(tx), attempt, end) : prisma.$transaction((own) => finishRun(own, attempt, end))),
    requestCancel: (tx, id) => cancelRun(clientOf(tx), id),
    async isCancelRequested({ run }) {
      return (await prisma.run.findUnique({ where: { id: run }, select: { cancelRequested: true } }))?.cancelRequested ?? true;
    },
    requeue: (tx, id) => requeueRun(clientOf(tx), id),
    follow: (options) => followEvents(prisma, databaseUrl, logger, options),
    async lastEventId() {
      return Number((await prisma.runEvent.findFirst({ orderBy: { id: "desc" }, select: { id: true } }))?.id ?? 0);
    },
    async events(run, limit) {
      const include = { run: { select: WITH_PROJECT } };
      const rows = await prisma.runEvent.findMany({ where: { runId: run }, orderBy: { id: "desc" }, take: limit, include });
      return rows.reverse().map(toRunEvent);
    },
  });
}

/** The Transactor hands out Prisma's interactive transaction. */
function clientOf(tx: Transaction): Client {
  return transactionHandle(tx) as Client;
}

async function findRun(client: Client, id: string): Promise<Run | null> {
  const row = await client.run.findUnique({ where: { id }, include: WITH_PROJECT });
  return row ? toRun(row) : null;
}

async function createRun(client: Client, run: NewRun): Promise<{ run: Run; joined: boolean }> {
  const project = await client.project.findUnique({ where: { name: run.project }, select: { id: true } });
  if (!project) throw new LarderError("not_found", `There is no project ${run.project}.`);
  // ON CONFLICT waits for a concurrent twin to commit, so exactly one of two clicks makes the run.
  const made = await client.$executeRaw`
    insert into run (id, group_id, project_id, kind, subject, state, request, actor_kind, actor_id, actor_name, key, active_key)
    values (${run.id}, ${run.group}, ${project.id}, ${run.kind}, ${run.subject}, 'queued', ${toJson(run.request)}::jsonb,
            ${run.actor.kind}, ${run.actor.id}, ${run.actor.name}, ${run.key}, ${run.key})
    on conflict (active_key) do nothing`;
  if (made === 1) await addEvent(client, run.id, "state", { state: "queued" });
  const row = await client.run.findUnique({ where: made === 1 ? { id: run.id } : { activeKey: run.key }, include: WITH_PROJECT });
  if (!row) throw new LarderError("conflict", "The run that was active ended just now.", { hint: "Try again.", retryable: true });
  return { run: toRun(row), joined: made === 0 };
}

/** Events get their ids in the order of commit, because whoever inserts one holds this lock until then. */
async function addEvent(client: Client, runId: string, type: string, body: unknown): Promise<void> {
  await client.$executeRaw`select pg_advisory_xact_lock(hashtext(${RUN_CHANNEL}))`;
  await client.$executeRaw`insert into run_event (run_id, type, body) values (${runId}, ${type}, ${toJson(body)}::jsonb)`;
  await client.$executeRaw`select pg_notify(${RUN_CHANNEL}, ${runId})`;
}

async function beginRun(client: Client, id: string, worker: string): Promise<Run | null> {
  const row = await lockRun(client, id);
  if (!row || isFinished(row.state)) return null;
  if (row.cancelRequested) {
    await finishRun(client, { run: id, attempt: row.attempt }, { state: "cancelled" });
    return null;
  }
  const data = { state: "running", attempt: row.attempt + 1, worker, waitingFor: null, startedAt: row.startedAt ?? new Date() };
  const begun = await client.run.update({ where: { id }, data, include: WITH_PROJECT });
  await addEvent(client, id, "state", { state: "running", attempt: begun.attempt, worker });
  return toRun(begun);
}

async function lockRun(client: Client, id: string): Promise<Run | null> {
  await client.$executeRaw`select 1 from run where id = ${id} for update`;
  return findRun(client, id);
}

async function writeAttempt(client: Client, { run, attempt }: Attempt, data: Prisma.RunUpdateManyMutationInput, type: string | null, body: unknown) {
  const touched = await client.run.updateMany({ where: { id: run, attempt, state: "running" }, data: { ...data, attempt } });
  if (touched.count === 0) throw lostAttempt();
  if (type) await addEvent(client, run, type, body);
}

function lostAttempt(): LarderError {
  return new LarderError("conflict", "Another worker took this run up; this attempt stops.", { retryable: false });
}

async function finishRun(client: Client, { run, attempt }: Attempt, end: RunEnd): Promise<void> {
  const data: Prisma.RunUpdateManyMutationInput = {
    state: end.state,
    waitingFor: null,
    activeKey: null,
    finishedAt: new Date(),
    ...("receipt" in end && end.receipt !== undefined && { receipt: toJson(end.receipt) }),
    error: end.state === "failed" ? toJson(end.error) : Prisma.DbNull,
  };
  const touched = await client.run.updateMany({ where: { id: run, attempt, state: { in: ["queued", "running"] } }, data });
  if (touched.count === 0) throw lostAttempt();
  await addEvent(client, run, "state", { state: end.state, ...(end.state === "failed" && { error: end.error }) });
}

async function cancelRun(client: Client, id: string): Promise<{ run: Run; accepted: boolean }> {
  const row = await lockRun(client, id);
  if (!row) throw new LarderError("not_found", `There is no run ${id}.`, { hint: "larder runs list shows them." });
  if (isFinished(row.state)) return { run: row, accepted: false };
  if (row.state === "queued") await finishRun(client, { run: id, attempt: row.attempt }, { state: "cancelled" });
  else {
    await client.run.update({ where: { id }, data: { cancelRequested: true } });
    await addEvent(client, id, "state", { state: "running", cancelRequested: true });
  }
  return { run: (await findRun(client, id)) ?? row, accepted: true };
}

async function requeueRun(client: Client, id: string): Promise<Run> {
  const row = await lockRun(client, id);
  if (!row) throw new LarderError("not_found", `There is no run ${id}.`);
  if (row.state !== "failed" && row.state !== "cancelled") {
    throw new LarderError("failed_precondition", `Run ${id} is ${row.state}: only a failed or cancelled run can be resumed.`);
  }
  const { key: activeKey } = await client.run.findUniqueOrThrow({ where: { id }, select: { key: true } });
  const holder = await client.run.findUnique({ where: { activeKey }, select: { id: true } });
  if (holder) throw new LarderError("conflict", `Run ${holder.id} does the same work already.`, { hint: `Follow it: larder runs show ${holder.id}` });
  const data = { state: "queued", activeKey, cancelRequested: false, waitingFor: null, error: Prisma.DbNull, finishedAt: null };
  const queued = await client.run.update({ where: { id }, data, include: WITH_PROJECT });
  await addEvent(client, id, "state", { state: "queued" });
  return toRun(queued);
}
