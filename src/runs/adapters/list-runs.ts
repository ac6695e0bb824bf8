import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import type { Page } from "../../kit/index.ts";
import type { Run, RunChoices, RunFilter } from "../port.ts";
import { toRun } from "./run-row.ts";

const CHOICES_MAX = 50;

/** A page of runs, newest first. */
export async function listRuns(prisma: PrismaClient, { page, pageSize, ...filter }: RunFilter): Promise<Page<Run>> {
  const where = whereOf(filter);
  const [rows, total] = await Promise.all([
    prisma.run.findMany({
      where,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      skip: (page - 1) * pageSize,
      take: pageSize,
      include: { project: { select: { name: true } } },
    }),
    prisma.run.count({ where }),
  ]);
  return { rows: rows.map(toRun), total, page, pageSize };
}

function whereOf({ project, states, kinds, subject, about, actors, from, to, group }: Omit<RunFilter, "page" | "pageSize">): Prisma.RunWhereInput {
  return {
    project: { name: project },
    ...(states?.length && { state: { in: [...states] } }),
    ...(kinds?.length && { kind: { in: [...kinds] } }),
    ...(actors?.length && { actorName: { in: [...actors] } }),
    ...(subject && { subject }),
    ...(about && { subject: { contains: about, mode: "insensitive" } }),
    ...((from || to) && { createdAt: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
    ...(group && { groupId: group }),
  };
}

/** Kinds and actors that the project's runs have, for filters. */
export async function readChoices(prisma: PrismaClient, project: string): Promise<RunChoices> {
  const where = { project: { name: project } };
  const [kinds, actors] = await Promise.all([
    prisma.run.findMany({ where, distinct: ["kind"], select: { kind: true }, orderBy: { kind: "asc" }, take: CHOICES_MAX }),
    prisma.run.findMany({ where, distinct: ["actorName"], select: { actorName: true }, orderBy: { actorName: "asc" }, take: CHOICES_MAX }),
  ]);
  return { kinds: kinds.map(({ kind }) => kind), actors: actors.map(({ actorName }) => actorName) };
}
