import type { Prisma, PrismaClient, TrainingSet as TrainingSetRow } from "../../../prisma/generated/client.ts";
import { LarderError, literally, type Transaction, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import type { Pins, TrainingReceipt, TrainingSet, TrainingSetSpec, TrainingSets } from "../port.ts";

const WITH_PROJECT = { project: { select: { name: true } } } as const;

/** Training sets in PostgreSQL. Every method rejects with `unavailable` while the database is down. */
export function prismaTrainingSets({ prisma }: { readonly prisma: PrismaClient }): TrainingSets {
  return withDatabaseErrors<TrainingSets>({
    async create(tx, { id, project, name, description, spec, pins, createdBy }) {
      const found = await clientOf(tx).project.findUnique({ where: { name: project }, select: { id: true } });
      if (!found) throw new LarderError("not_found", `There is no project ${project}.`);
      const upload = spec.entityRows.kind === "upload" ? spec.entityRows.upload : null;
      const data = {
        id,
        projectId: found.id,
        name,
        description,
        spec: toJson(spec),
        pins: toJson(pins),
        summary: summaryOf(spec, pins),
        upload,
        createdBy: createdBy.name,
      };
      const { count } = await clientOf(tx).trainingSet.createMany({ data, skipDuplicates: true });
      if (count === 0)
        throw new LarderError("already_exists", `There is a training set ${name} already.`, { hint: "Choose another name, or run that one again." });
      return toTrainingSet(await clientOf(tx).trainingSet.findUniqueOrThrow({ where: { id }, include: WITH_PROJECT }));
    },
    async get(project, name) {
      const row = await prisma.trainingSet.findFirst({ where: { name, project: { name: project } }, include: WITH_PROJECT });
      return row === null ? null : toTrainingSet(row);
    },
    async list({ project, text, page, pageSize }) {
      const words = text.split(/\s+/).filter((word) => word !== "");
      const has = (word: string) => ({ contains: literally(word), mode: "insensitive" }) as const;
      const where: Prisma.TrainingSetWhereInput = {
        project: { name: project },
        AND: words.map((word) => ({ OR: [{ name: has(word) }, { description: has(word) }, { summary: has(word) }] })),
      };
      const [rows, total] = await Promise.all([
        prisma.trainingSet.findMany({
          where,
          orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
          skip: (page - 1) * pageSize,
          take: pageSize,
          include: WITH_PROJECT,
        }),
        prisma.trainingSet.count({ where }),
      ]);
      return { rows: rows.map(toTrainingSet), total, page, pageSize };
    },
    async savePins(tx, id, pins) {
      const { spec } = await clientOf(tx).trainingSet.findUniqueOrThrow({ where: { id }, select: { spec: true } });
      const data = { pins: toJson(pins), summary: summaryOf(spec as unknown as TrainingSetSpec, pins) };
      return toTrainingSet(await clientOf(tx).trainingSet.update({ where: { id }, data, include: WITH_PROJECT }));
    },
    async saveResult(tx, id, { run, at, receipt }) {
      const { count } = await clientOf(tx).trainingSet.updateMany({ where: { id }, data: { result: toJson(receipt), resultRun: run, resultAt: at } });
      return count === 1;
    },
    async remove(tx, id) {
      await clientOf(tx).trainingSet.deleteMany({ where: { id } });
    },
    async uploadsInUse(uploads) {
      const rows = await prisma.trainingSet.findMany({ where: { upload: { in: [...uploads] } }, select: { upload: true } });
      return new Set(rows.flatMap(({ upload }) => upload ?? []));
    },
  });
}

/** The Transactor hands out Prisma's interactive transaction. */
function clientOf(tx: Transaction): Prisma.TransactionClient {
  return transactionHandle(tx) as Prisma.TransactionClient;
}

/** What a search looks through beside name and description. */
function summaryOf({ service }: Pick<TrainingSetSpec, "service">, { views }: Pins): string {
  const features = views.flatMap(({ view, features: wanted }) => wanted.map(({ feature }) => `${view}:${feature}`));
  return [...(service === null ? [] : [service]), ...features].join(" ");
}

/** Rows are written by this file only, so the JSON columns hold what the port says. */
function toTrainingSet(row: TrainingSetRow & { readonly project: { readonly name: string } }): TrainingSet {
  const { id, name, description, createdBy, createdAt, updatedAt, resultRun, resultAt } = row;
  return {
    id,
    project: row.project.name,
    name,
    description,
    spec: row.spec as unknown as TrainingSetSpec,
    pins: row.pins as unknown as Pins,
    createdBy,
    createdAt,
    updatedAt,
    result: row.result as unknown as TrainingReceipt | null,
    resultRun,
    resultAt,
  };
}

function toJson(value: object): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(value)) as Prisma.InputJsonValue;
}
