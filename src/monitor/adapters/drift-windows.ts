import type { PrismaClient } from "../../../prisma/generated/client.ts";
import { toMicros } from "../../kit/index.ts";
import type { DriftResult, StoredWindow, ViewKey } from "../drift/port.ts";
import type { NumericScores } from "../statistics/compare-profiles.ts";
import type { Verdict } from "../statistics/judge-features.ts";
import { readProfile } from "./drift-profiles.ts";

/** The last windows, oldest first, with all results or those of one feature. */
export async function readWindows(
  prisma: PrismaClient,
  { project, view }: ViewKey,
  { last, feature }: { readonly last: number; readonly feature: string | undefined },
): Promise<readonly StoredWindow[]> {
  const rows = await prisma.driftWindow.findMany({
    where: { view, project: { name: project } },
    orderBy: { startAt: "desc" },
    take: last,
    include: { results: { orderBy: { feature: "asc" }, ...(feature !== undefined && { where: { feature } }) } },
  });
  return rows.reverse().map(({ id, baselineId, sourceRows, versionId, startAt, endAt, rows: size, judgedAt, results }) => ({
    id,
    baselineId,
    sourceRows: sourceRows === null ? null : Number(sourceRows),
    versionId: String(versionId),
    window: { start: toMicros(startAt), end: toMicros(endAt) },
    rows: size,
    judgedAt: toMicros(judgedAt),
    results: results.map(
      ({ feature: name, verdict, adjustedP, psi, psiP, baselineRows, currentRows, profile, distance }): DriftResult => ({
        feature: name,
        verdict: verdict as Verdict, // only saveWindow writes it
        adjustedP,
        psi,
        psiP,
        baselineRows,
        currentRows,
        profile: readProfile(profile),
        numeric: distance as unknown as NumericScores | null,
      }),
    ),
  }));
}
