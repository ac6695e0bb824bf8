import { z } from "zod";
import { toDate } from "../../kit/index.ts";
import { type DriftFigures, type DriftingFeature, servicesReading, WINDOWS_REMEMBERED } from "../../monitor/index.ts";
import { requireSnapshot } from "../definitions.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { toShownWindow, VERDICTS } from "./shown-drift.ts";

const input = z.object({
  view: z.string().max(128).optional(),
  feature: z.string().max(128).optional(),
  text: z.string().max(200).default(""),
  verdict: z.enum(VERDICTS).nullable().default(null),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(50),
});

/** Features with how their values are against their baseline, now and in the last windows. The greatest effect first. */
export const listDrift = projectProcedure.input(input).query(async ({ ctx, input: { view, feature, text, verdict, ...request } }) => {
  const { runtime, project } = ctx;
  const filter = { text, ...(view !== undefined && { view }), ...(feature !== undefined && { feature }), ...(verdict !== null && { verdict }) };
  const [{ rows, ...page }, snapshot] = await Promise.all([
    runtime.driftStore.features({ project: project.name, ...request, ...filter }),
    requireSnapshot(ctx),
  ]);
  const figures = await lastWindows(ctx, rows);
  return {
    ...page,
    windows: WINDOWS_REMEMBERED,
    rows: rows.map(({ window, judgedAt, since, ...row }) => {
      const definition = snapshot.views.get(row.view)?.view;
      return {
        ...row,
        start: toDate(window.start),
        end: toDate(window.end),
        judgedAt: toDate(judgedAt),
        since: since === null ? null : toDate(since),
        owner: definition?.owner ?? null,
        team: definition?.team ?? null,
        services: servicesReading(snapshot, row.view, row.feature),
        cells: (figures.get(keyOf(row)) ?? []).map(toShownWindow),
      };
    }),
  };
});

/** The last windows of each feature, oldest first: each back from its own newest, which may lie behind that of others. */
async function lastWindows({ runtime, project }: ProjectContext, rows: readonly DriftingFeature[]): Promise<ReadonlyMap<string, readonly DriftFigures[]>> {
  const of = rows.map(({ view, feature, window: { start, end } }) => ({ view, feature, from: start - (end - start) * BigInt(WINDOWS_REMEMBERED - 1) }));
  return Map.groupBy(await runtime.driftStore.figures({ project: project.name, of }), keyOf);
}

function keyOf({ view, feature }: { readonly view: string; readonly feature: string }): string {
  return `${view}:${feature}`;
}
