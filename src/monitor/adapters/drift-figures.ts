import { Prisma, type PrismaClient } from "../../../prisma/generated/client.ts";
import { literally, type Page, toDate, toMicros } from "../../kit/index.ts";
import type { DriftFigures, DriftFilter, DriftingFeature, FiguresQuery, ViewKey } from "../drift/port.ts";
import type { Verdict } from "../statistics/judge-features.ts";
import { requireProjectId } from "./project-id.ts";

type FigureRow = Omit<DriftFigures, "window"> & { readonly startAt: Date; readonly endAt: Date };

/** Figures of some features, oldest window first. */
export async function readFigures(prisma: PrismaClient, { project, of }: FiguresQuery): Promise<readonly DriftFigures[]> {
  if (of.length === 0) return [];
  const wanted = of.map(({ view, feature, from }) => ({ view, feature, from: toDate(from) }));
  const rows = await prisma.$queryRaw<FigureRow[]>`
    SELECT w.view, r.feature, r.verdict, r.adjusted_p AS "adjustedP", r.psi, r.psi_p AS "psiP", r.wasserstein_sd AS "wassersteinSd",
      r.baseline_rows AS "baselineRows", r.current_rows AS "currentRows", w.start_at AS "startAt", w.end_at AS "endAt"
    FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS o(view text, feature text, "from" timestamptz)
    JOIN project p ON p.name = ${project}
    JOIN drift_window w ON w.project_id = p.id AND w.view = o.view AND w.start_at >= o."from"
    JOIN drift_result r ON r.window_id = w.id AND r.feature = o.feature
    ORDER BY w.start_at`;
  return rows.map(({ startAt, endAt, ...figures }) => ({ ...figures, window: { start: toMicros(startAt), end: toMicros(endAt) } }));
}

/** Says how features of a view are now, and forgets those that are not named. */
export async function saveFeatures(prisma: PrismaClient, { project, view }: ViewKey, features: readonly DriftingFeature[]): Promise<void> {
  const projectId = await requireProjectId(prisma, project);
  await prisma.$transaction([
    prisma.driftFeature.deleteMany({ where: { projectId, view } }),
    prisma.driftFeature.createMany({
      data: features.map(({ window, judgedAt, since, ...figures }) => ({
        ...figures,
        projectId,
        windowStart: toDate(window.start),
        windowEnd: toDate(window.end),
        judgedAt: toDate(judgedAt),
        since: since === null ? null : toDate(since),
      })),
      skipDuplicates: true,
    }),
  ]);
}

/** The greatest effect first, among those with enough data; the others behind them. */
export async function readFeatures(prisma: PrismaClient, filter: DriftFilter): Promise<Page<DriftingFeature>> {
  const { project, view, feature, text, verdict, page, pageSize } = filter;
  const part = `%${literally((text ?? "").trim())}%`;
  const where = Prisma.sql`p.name = ${project} AND f.project_id = p.id
    ${view === undefined ? Prisma.empty : Prisma.sql`AND f.view = ${view}`} ${verdict === undefined ? Prisma.empty : Prisma.sql`AND f.verdict = ${verdict}`}
    ${feature === undefined ? Prisma.empty : Prisma.sql`AND f.feature = ${feature}`}
    ${text?.trim() ? Prisma.sql`AND (f.view ILIKE ${part} OR f.feature ILIKE ${part})` : Prisma.empty}`;
  const [rows, [count]] = await Promise.all([
    prisma.$queryRaw<
      (Omit<DriftingFeature, "window" | "judgedAt" | "since"> & Record<"windowStart" | "windowEnd" | "judgedAt", Date> & { since: Date | null })[]
    >`
      SELECT f.view, f.feature, f.verdict, f.effect, f.psi, f.wasserstein_sd AS "wassersteinSd", f.adjusted_p AS "adjustedP", f.baseline_rows AS "baselineRows",
        f.current_rows AS "currentRows", f.window_start AS "windowStart", f.window_end AS "windowEnd", f.judged_at AS "judgedAt", f.since
      FROM drift_feature f, project p WHERE ${where}
      ORDER BY array_position(ARRAY['drift', 'watch', 'stable', 'insufficient data'], f.verdict), f.effect DESC, f.view, f.feature
      LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
    prisma.$queryRaw<{ total: bigint }[]>`SELECT count(*) AS total FROM drift_feature f, project p WHERE ${where}`,
  ]);
  return {
    rows: rows.map(({ windowStart, windowEnd, judgedAt, since, ...figures }) => ({
      ...figures,
      verdict: figures.verdict as Verdict,
      window: { start: toMicros(windowStart), end: toMicros(windowEnd) },
      judgedAt: toMicros(judgedAt),
      since: toMicros(since),
    })),
    total: Number(count?.total ?? 0),
    page,
    pageSize,
  };
}
