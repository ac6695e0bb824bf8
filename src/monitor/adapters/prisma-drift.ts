import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { toDate, toMicros, transactionHandle, withDatabaseErrors } from "../../kit/index.ts";
import { type DriftSettings, driftSettingsSchema } from "../drift/drift-settings.ts";
import type { Baseline, BaselineOrigin, DriftFilter, DriftState, DriftStore, JudgedWindow, StoredBaseline, ViewKey } from "../drift/port.ts";
import type { Verdict } from "../statistics/judge-features.ts";
import { readFeatures, readFigures, saveFeatures } from "./drift-figures.ts";
import { keptProfile, packSample, readBaselineProfiles, textSafe, toJson } from "./drift-profiles.ts";
import { foldDriftWindows } from "./drift-retention.ts";
import { readWindows } from "./drift-windows.ts";
import { requireProjectId } from "./project-id.ts";

/** Baselines, judged windows and what became of features, in PostgreSQL. */
export function prismaDriftStore(prisma: PrismaClient): DriftStore {
  return withDatabaseErrors<DriftStore>({
    async states(project) {
      const rows = await prisma.driftView.findMany({ where: { project: { name: project } } });
      return rows.map(toState);
    },
    async state(key) {
      const row = await prisma.driftView.findFirst({ where: whereOf(key) });
      return row && toState(row);
    },
    async choose(tx, key, chosen, by) {
      const client = transactionHandle(tx) as Prisma.TransactionClient; // prismaTransactor opened it
      const id = { projectId: await requireProjectId(client, key.project), view: key.view };
      const data = { chosen: chosen === null ? Prisma.DbNull : toJson(chosen), chosenBy: by.name, chosenAt: toDate(by.at) };
      await client.driftView.upsert({
        where: { projectId_view: id },
        create: { ...id, ...data },
        update: { ...data, lookedAt: null, error: null, isSettled: false },
      });
    },
    begin: (key, start) => begin(prisma, key, start),
    async looked({ project, view }, { at, error, chosenAt }) {
      await prisma.$executeRaw`
        INSERT INTO drift_view (project_id, view, looked_at, error) SELECT p.id, ${view}, ${toDate(at)}, ${error} FROM project p WHERE p.name = ${project}
        ON CONFLICT (project_id, view) DO UPDATE SET looked_at = excluded.looked_at, error = excluded.error
        WHERE drift_view.chosen_at IS NOT DISTINCT FROM ${chosenAt}::timestamptz`;
    },
    async findBaseline(key, baselineKey) {
      const row = await prisma.driftBaseline.findFirst({ where: { ...whereOf(key), key: baselineKey }, include: { features: true } });
      return row && toBaseline(row);
    },
    async baselineOf(id, feature) {
      const features = { where: { feature }, select: { feature: true, profile: true } };
      const row = await prisma.driftBaseline.findUnique({ where: { id }, include: { features } });
      return row && toBaseline(row);
    },
    saveBaseline: (key, baseline, { isMoving }) => saveBaseline(prisma, key, { baseline, isMoving }),
    saveWindow: (key, by, judged) => saveWindow(prisma, key, { by, judged }),
    forgetAfter: (key, end) => forgetAfter(prisma, key, toDate(end)),
    async saveVerdicts(key, windows) {
      if (windows.length === 0) return;
      const rows = windows.flatMap(({ id, results }) => results.map(({ feature, verdict, adjustedP }) => ({ id, feature, verdict, p: adjustedP })));
      await prisma.$executeRaw`
        UPDATE drift_result r SET verdict = v.verdict, adjusted_p = v.p
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v(id int, feature text, verdict text, p float8), drift_window w, project p
        WHERE r.window_id = v.id AND r.feature = v.feature AND w.id = r.window_id AND w.view = ${key.view} AND p.id = w.project_id AND p.name = ${key.project}`;
    },
    windows: (key, last, feature) => readWindows(prisma, key, { last, feature }),
    figures: (query) => readFigures(prisma, query),
    saveFeatures: (key, features) => saveFeatures(prisma, key, features),
    async keepFeatures(project, views) {
      await prisma.$executeRaw`
        DELETE FROM drift_feature f USING project p WHERE p.id = f.project_id AND p.name = ${project} AND NOT f.view = ANY(${[...views]})`;
    },
    async driftingSince(key) {
      const rows = await prisma.driftFeature.findMany({ where: { ...whereOf(key), since: { not: null } }, select: { feature: true, since: true } });
      return new Map(rows.flatMap(({ feature, since }) => (since === null ? [] : [[feature, toMicros(since)] as const])));
    },
    async settled(key, { judgingKey, chosenAt }) {
      await prisma.driftView.updateMany({ where: { ...whereOf(key), judgingKey, chosenAt }, data: { isSettled: true } });
    },
    features: (filter: DriftFilter) => readFeatures(prisma, filter),
    async counts(project) {
      const rows = await prisma.driftFeature.groupBy({ by: ["verdict"], where: { project: { name: project } }, _count: true });
      const count = (verdict: Verdict): number => rows.find((row) => row.verdict === verdict)?._count ?? 0;
      return { drift: count("drift"), watch: count("watch"), stable: count("stable"), "insufficient data": count("insufficient data") };
    },
    foldWindows: (before) => foldDriftWindows(prisma, before),
  });
}

function whereOf({ project, view }: ViewKey) {
  return { view, project: { name: project } };
}

type StateRow = Prisma.DriftViewGetPayload<object>;

function toState({ chosen, judgedFrom, judgedUntil, historyFrom, lookedAt, ...row }: StateRow): DriftState {
  const [start, end] = [toMicros(judgedFrom), toMicros(judgedUntil)];
  const { view, chosenBy, chosenAt, judgingKey, windowSeconds, isSettled, error } = row;
  return {
    view,
    chosen: readChosen(chosen),
    chosenBy,
    chosenAt,
    judgingKey,
    windowSeconds,
    judged: start === null || end === null ? null : { start, end },
    historyFrom: toMicros(historyFrom),
    isSettled,
    lookedAt: toMicros(lookedAt),
    error,
  };
}

/** Settings that an older release wrote and this one cannot read count as not chosen. */
function readChosen(chosen: Prisma.JsonValue): DriftSettings | null {
  return driftSettingsSchema.safeParse(chosen).data ?? null;
}

type BaselineRow = Prisma.DriftBaselineGetPayload<object> & {
  readonly features: readonly { readonly feature: string; readonly profile: Prisma.JsonValue; readonly sample?: Uint8Array | null }[];
};

function toBaseline({ id, key, origin, rows, frozenAt, features }: BaselineRow): StoredBaseline {
  return { id, key, origin: origin as unknown as BaselineOrigin, rows, frozenAt: toMicros(frozenAt), profiles: readBaselineProfiles(features) };
}

async function begin(prisma: PrismaClient, key: ViewKey, start: Parameters<DriftStore["begin"]>[1]): Promise<void> {
  const id = { projectId: await requireProjectId(prisma, key.project), view: key.view };
  const { judgingKey, windowSeconds, rowsMin } = start;
  const begun = { judgingKey, windowSeconds, historyFrom: toDate(start.historyFrom) };
  const data = { ...begun, judgedFrom: null, judgedUntil: null, error: null, isSettled: false };
  await prisma.$transaction([
    prisma.driftWindow.deleteMany({ where: id }),
    prisma.driftBaseline.deleteMany({ where: { ...id, rows: { lt: rowsMin } } }), // too small to judge by: more rows may have come
    prisma.driftFeature.deleteMany({ where: id }),
    prisma.driftView.upsert({ where: { projectId_view: id }, create: { ...id, ...data }, update: data }),
  ]);
}

async function saveBaseline(
  prisma: PrismaClient,
  key: ViewKey,
  { baseline, isMoving }: { readonly baseline: Baseline; readonly isMoving: boolean },
): Promise<number> {
  const projectId = await requireProjectId(prisma, key.project);
  const { key: baselineKey, origin, rows, frozenAt } = baseline;
  const where = { projectId_view_key: { projectId, view: key.view, key: baselineKey } };
  const features = [...baseline.profiles].map(([feature, profile]) => ({
    feature,
    profile: textSafe({ ...keptProfile(profile), bins: profile.bins }),
    sample: isMoving || profile.sample === null ? null : packSample(profile.sample),
  }));
  const data = { origin: toJson(origin), rows, frozenAt: toDate(frozenAt) };
  const saved = await prisma.driftBaseline.upsert({
    where,
    create: { ...data, projectId, view: key.view, key: baselineKey, features: { createMany: { data: features } } },
    // Where it stands, whoever comes second takes what is there.
    update: isMoving ? { ...data, features: { deleteMany: {}, createMany: { data: features } } } : {},
    select: { id: true },
  });
  return saved.id;
}

async function saveWindow(
  prisma: PrismaClient,
  key: ViewKey,
  { by, judged }: { readonly by: Parameters<DriftStore["saveWindow"]>[1]; readonly judged: JudgedWindow },
): Promise<void> {
  const projectId = await requireProjectId(prisma, key.project);
  const { window, versionId, rows, judgedAt, results } = judged;
  const [startAt, endAt] = [toDate(window.start), toDate(window.end)];
  await prisma.$transaction(async (tx) => {
    const counted = await tx.$executeRaw`
      UPDATE drift_view SET judged_from = least(judged_from, ${startAt}), judged_until = greatest(judged_until, ${endAt}), is_settled = false
      WHERE project_id = ${projectId} AND view = ${key.view} AND judging_key = ${by.judgingKey}`;
    if (counted === 0) return;
    await tx.driftWindow.deleteMany({ where: { projectId, view: key.view, startAt } });
    const about = { projectId, view: key.view, baselineId: by.baselineId, sourceRows: by.sourceRows, versionId: Number(versionId) };
    const data = { ...about, startAt, endAt, rows, judgedAt: toDate(judgedAt) };
    const { id } = await tx.driftWindow.create({ data, select: { id: true } });
    await tx.driftResult.createMany({
      data: results.map(({ profile, numeric, ...result }) => ({
        ...result,
        windowId: id,
        wassersteinSd: numeric?.wassersteinSd ?? null,
        profile: toJson(profile),
        ...(numeric !== null && { distance: toJson(numeric) }),
      })),
    });
  });
}

async function forgetAfter(prisma: PrismaClient, key: ViewKey, end: Date): Promise<void> {
  const id = { projectId: await requireProjectId(prisma, key.project), view: key.view };
  await prisma.$transaction([
    prisma.driftWindow.deleteMany({ where: { ...id, endAt: { gt: end } } }),
    prisma.driftView.updateMany({ where: { ...id, judgedFrom: { gte: end } }, data: { judgedFrom: null, judgedUntil: null } }),
    prisma.driftView.updateMany({ where: { ...id, judgedUntil: { gt: end } }, data: { judgedUntil: end } }),
    prisma.driftView.updateMany({ where: id, data: { isSettled: false } }),
  ]);
}
