import type { Prisma, PrismaClient } from "../../../prisma/generated/client.ts";
import { literally, type Micros, type Page, toDate, toMicros, withDatabaseErrors } from "../../kit/index.ts";
import type { DayFeature } from "../../offline/index.ts";
import type { DayVerdict, JudgedDay, QualityFinding, QualityListing, QualityLook, QualityState, QualityStore } from "../quality/port.ts";
import { requireProjectId } from "./project-id.ts";

/** Looks at views' rows and their judged days, in PostgreSQL. JSON columns hold what only `save` writes. */
export function prismaQualityStore(prisma: PrismaClient): QualityStore {
  return withDatabaseErrors<QualityStore>({
    async looks(project, views) {
      const where = { project: { name: project }, ...(views !== null && { view: { in: [...views] } }) };
      return (await prisma.qualityLook.findMany({ where, orderBy: { view: "asc" } })).map(toLook);
    },
    listLooks: (listing) => listLooks(prisma, listing),
    async verdicts(project, views, from) {
      const rows = await prisma.qualityDay.findMany({ ...daysFrom(project, views, from), omit: { features: true } });
      return rows.map(toVerdict);
    },
    async windows(project, views, from) {
      const rows = await prisma.qualityDay.findMany(daysFrom(project, views, from));
      return rows.map((row) => ({ ...toVerdict(row), features: row.features as unknown as readonly DayFeature[] }));
    },
    save: (project, look, windows, { anew }) => save(prisma, { project, look, windows, anew }),
    async forget(before) {
      await prisma.qualityDay.deleteMany({ where: { at: { lt: toDate(before) } } });
      await prisma.$executeRaw`
        WITH gone AS (
          DELETE FROM quality_look l WHERE NOT EXISTS (
            SELECT FROM definition d WHERE d.project_id = l.project_id AND d.kind = 'feature_view' AND d.name = l.view)
          RETURNING l.project_id, l.view
        ) DELETE FROM quality_day d USING gone WHERE d.project_id = gone.project_id AND d.view = gone.view`;
    },
  });
}

type LookRow = Prisma.QualityLookGetPayload<object>;
type DayRow = Prisma.QualityDayGetPayload<object>;

function daysFrom(project: string, views: readonly string[], from: Micros) {
  const where = { project: { name: project }, view: { in: [...views] }, at: { gte: toDate(from) } };
  const orderBy = [{ view: "asc" }, { at: "asc" }] as const satisfies Prisma.QualityDayOrderByWithRelationInput[];
  return { where, orderBy: [...orderBy] };
}

async function listLooks(prisma: PrismaClient, { project, text, page, pageSize }: QualityListing): Promise<Page<QualityLook>> {
  const where = { project: { name: project }, ...(text !== "" && { view: { contains: literally(text), mode: "insensitive" as const } }) };
  const orderBy = [{ state: { sort: "asc", nulls: "last" } }, { view: "asc" }] as const satisfies Prisma.QualityLookOrderByWithRelationInput[]; // "bad" comes first
  const [rows, total] = await Promise.all([
    prisma.qualityLook.findMany({ where, orderBy: [...orderBy], skip: (page - 1) * pageSize, take: pageSize }),
    prisma.qualityLook.count({ where }),
  ]);
  return { rows: rows.map(toLook), total, page, pageSize };
}

interface Saving {
  readonly project: string;
  readonly look: QualityLook;
  readonly windows: readonly JudgedDay[];
  readonly anew: boolean;
}

async function save(prisma: PrismaClient, { project, look, windows, anew }: Saving): Promise<void> {
  const key = { projectId: await requireProjectId(prisma, project), view: look.view };
  const days = windows.map((window) => ({ ...key, ...dayColumns(window) }));
  await prisma.$transaction(async (tx) => {
    const gone = anew ? key : { ...key, at: { in: days.map(({ at }) => at) } };
    await tx.qualityDay.deleteMany({ where: gone });
    await tx.qualityDay.createMany({ data: days });
    const columns = lookColumns(look);
    await tx.qualityLook.upsert({ where: { projectId_view: key }, create: { ...key, ...columns }, update: columns });
  });
}

function lookColumns({ measuredAt, measuredOf, error, newest }: QualityLook) {
  return {
    measuredAt: toDate(measuredAt),
    measuredOf,
    error,
    newestDay: newest === null ? null : toDate(newest.day),
    newestRows: newest?.rows ?? null,
    state: newest?.state ?? null,
    findings: toJson(newest?.findings ?? []),
  };
}

function dayColumns({ day, rows, duplicates, features, state, findings, usualRows }: JudgedDay) {
  const usual = { rowsLow: usualRows?.low ?? null, rowsHigh: usualRows?.high ?? null };
  return { at: toDate(day), rows, duplicates, features: toJson(features), state, findings: toJson(findings), ...usual };
}

/** Records of plain values are JSON; their types only say that they are frozen. */
function toJson(records: readonly object[]): Prisma.InputJsonValue {
  return records as unknown as Prisma.InputJsonValue;
}

function toLook({ view, measuredAt, measuredOf, error, newestDay, newestRows, state, findings }: LookRow): QualityLook {
  const newest =
    newestDay === null || state === null
      ? null
      : { day: toMicros(newestDay), rows: newestRows ?? 0, state: state as QualityState, findings: findings as unknown as readonly QualityFinding[] };
  return { view, measuredAt: toMicros(measuredAt), measuredOf, error, newest };
}

function toVerdict({ view, at, rows, duplicates, state, findings, rowsLow, rowsHigh }: Omit<DayRow, "features">): DayVerdict {
  return {
    view,
    day: toMicros(at),
    rows,
    duplicates,
    state: state as QualityState,
    findings: findings as unknown as readonly QualityFinding[],
    usualRows: rowsLow === null || rowsHigh === null ? null : { low: rowsLow, high: rowsHigh },
  };
}
