import type { Incident as IncidentRow, Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import { literally, type Micros, type Transaction, toDate, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import type { Incident, IncidentChange, IncidentEvent, IncidentFilter, IncidentStore, NewIncident, Severity } from "../port.ts";

type Client = Prisma.TransactionClient;
const WITH_PROJECT = { project: { select: { name: true } } } as const;

/** Incidents in PostgreSQL; the unique `open_key` is what keeps them to one per subject and check. */
export function prismaIncidentStore(prisma: PrismaClient): IncidentStore {
  return withDatabaseErrors<IncidentStore>({
    async openOf(project, check, subjectsFrom = "") {
      const where = { project: { name: project }, check, state: "open", subject: { startsWith: literally(subjectsFrom) } };
      return (await prisma.incident.findMany({ where, include: WITH_PROJECT })).map(toIncident);
    },
    async countOpen(project) {
      const rows = await prisma.incident.groupBy({ by: ["check", "severity"], where: { project: { name: project }, state: "open" }, _count: true });
      return rows.map(({ check, severity, _count: count }) => ({ check, severity: severity as Severity, count }));
    },
    open: (tx, incident, now) => openIncident(clientOf(tx), incident, now),
    change: (tx, id, change, now) => changeIncident(clientOf(tx), { id, change, now }),
    async refresh(figures, now) {
      await prisma.$executeRaw`
        UPDATE incident i SET detail = f.detail, cause_text = f."causeText", updated_at = ${toDate(now)}
        FROM jsonb_to_recordset(${JSON.stringify(figures)}::jsonb) AS f(id int, detail jsonb, "causeText" text)
        WHERE i.id = f.id AND i.state = 'open'`;
    },
    async note(tx, id, event, now) {
      await clientOf(tx).incidentEvent.create({ data: { incidentId: id, at: toDate(now), ...event } });
    },
    async get(project, id) {
      const row = await prisma.incident.findFirst({ where: { id, project: { name: project } }, include: WITH_PROJECT });
      return row && toIncident(row);
    },
    list: (filter) => listIncidents(prisma, filter),
    async forget(closedBefore) {
      return (await prisma.incident.deleteMany({ where: { state: "closed", closedAt: { lt: toDate(closedBefore) } } })).count;
    },
    async timeline(id) {
      const rows = await prisma.incidentEvent.findMany({ where: { incidentId: id }, orderBy: { id: "asc" }, omit: { incidentId: true } });
      return rows.map((row) => ({ ...row, id: Number(row.id), kind: row.kind as IncidentEvent["kind"] }));
    },
  });
}

/** The Transactor hands out Prisma's interactive transaction. */
function clientOf(tx: Transaction): Client {
  return transactionHandle(tx) as Client;
}

async function openIncident(client: Client, incident: NewIncident, now: Micros): Promise<Incident | null> {
  const { project, subject, check, severity, title, cause, causeText, owner, team, memory, detail } = incident;
  const key = `${project}:${subject}:${check}`;
  const made = await client.$queryRaw<{ id: number }[]>`
    INSERT INTO incident (project_id, subject, "check", state, severity, title, cause, cause_text, owner, team, opened_at, updated_at, open_key, memory, detail)
    SELECT p.id, ${subject}, ${check}, 'open', ${severity}, ${title}, ${cause}, ${causeText}, ${owner}, ${team}, ${toDate(now)}, ${toDate(now)}, ${key},
      ${JSON.stringify(memory)}::jsonb, ${JSON.stringify(detail)}::jsonb
    FROM project p WHERE p.name = ${project}
    ON CONFLICT (open_key) DO NOTHING RETURNING id`;
  const [row] = made;
  if (row === undefined) return null;
  return toIncident(await client.incident.findUniqueOrThrow({ where: { id: row.id }, include: WITH_PROJECT }));
}

interface Changing {
  readonly id: number;
  readonly change: IncidentChange;
  readonly now: Micros;
}

async function changeIncident(client: Client, { id, change, now }: Changing): Promise<Incident | null> {
  const { memory, detail, closedAt, ...plain } = change;
  const data: Prisma.IncidentUpdateManyMutationInput = {
    ...plain,
    ...(memory !== undefined && { memory: memory as Prisma.InputJsonValue }),
    ...(detail !== undefined && { detail: detail as Prisma.InputJsonValue }),
    ...(closedAt && { closedAt, state: "closed", openKey: null }),
    updatedAt: toDate(now),
  };
  const { count } = await client.incident.updateMany({ where: { id, state: "open" }, data });
  return count === 0 ? null : toIncident(await client.incident.findUniqueOrThrow({ where: { id }, include: WITH_PROJECT }));
}

async function listIncidents(prisma: PrismaClient, { page, pageSize, ...filter }: IncidentFilter) {
  const where = whereOf(filter);
  // "critical" comes before "warning": the worst of the open ones first; of all, they stand in the order of time.
  const first = filter.state === "open" ? ({ severity: "asc" } as const) : ({ state: "desc" } as const);
  const orderBy = [first, { openedAt: "desc" }, { id: "desc" }] as const satisfies Prisma.IncidentOrderByWithRelationInput[];
  const [rows, total] = await Promise.all([
    prisma.incident.findMany({ where, orderBy: [...orderBy], skip: (page - 1) * pageSize, take: pageSize, include: WITH_PROJECT }),
    prisma.incident.count({ where }),
  ]);
  return { rows: rows.map(toIncident), total, page, pageSize };
}

function whereOf({ project, state, subject, view, team, text, exceptChecks }: Omit<IncidentFilter, "page" | "pageSize">): Prisma.IncidentWhereInput {
  return {
    ...{ project: { name: project }, ...(state && { state }), ...(subject && { subject }), ...(team && { team }) },
    ...(view && { OR: ofView(view) }),
    ...(text && { title: { contains: literally(text), mode: "insensitive" } }),
    ...(exceptChecks && { check: { notIn: [...exceptChecks] } }),
  };
}

function ofView(view: string) {
  return [{ subject: `feature_view:${view}` }, { subject: { startsWith: literally(`feature:${view}:`) } }];
}

function toIncident({ project, projectId: _id, openKey: _key, ...row }: IncidentRow & { readonly project: { readonly name: string } }): Incident {
  return { ...row, project: project.name, state: row.state as Incident["state"], severity: row.severity as Incident["severity"] };
}
