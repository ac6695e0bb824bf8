import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { type Micros, toDate } from "../../kit/index.ts";

/**
 * Of windows shorter than a day that began on a day that is over by `before`, keeps the one of each view and day in which most features
 * drifted, the greatest PSI deciding between equals; windows older than a year and more go. Forgets views that are gone, and baselines of old windows that no window stands on.
 */
export async function foldDriftWindows(prisma: PrismaClient, before: Micros): Promise<number> {
  const end = toDate(before);
  const folded = await prisma.$executeRaw`
    WITH short AS (
      SELECT w.id, w.project_id, w.view, date_trunc('day', w.start_at, 'UTC') AS day, w.start_at,
        count(*) FILTER (WHERE r.verdict = 'drift') AS drifts, max(r.psi) AS psi
      FROM drift_window w LEFT JOIN drift_result r ON r.window_id = w.id
      WHERE w.end_at - w.start_at < interval '1 day' AND w.start_at < date_trunc('day', ${end}::timestamptz, 'UTC') GROUP BY w.id
    ), ranked AS (
      SELECT id, row_number() OVER (PARTITION BY project_id, view, day ORDER BY drifts DESC, psi DESC NULLS LAST, start_at) AS place FROM short
    )
    DELETE FROM drift_window w USING ranked WHERE w.id = ranked.id AND ranked.place > 1`;
  await prisma.$executeRaw`DELETE FROM drift_window WHERE end_at < ${end}::timestamptz - interval '370 days'`;
  for (const table of ["drift_view", "drift_window", "drift_feature", "drift_baseline"] as const)
    await prisma.$executeRawUnsafe(`DELETE FROM ${table} g WHERE NOT EXISTS (
      SELECT FROM definition d WHERE d.project_id = g.project_id AND d.kind = 'feature_view' AND d.name = g.view)`);
  await prisma.$executeRaw`
    DELETE FROM drift_baseline b WHERE b.frozen_at < ${end} AND NOT EXISTS (SELECT FROM drift_window w WHERE w.baseline_id = b.id)`;
  return folded;
}
