import { toDate } from "../../kit/index.ts";
import { servicesReading } from "../../monitor/index.ts";
import { requireSnapshot } from "../definitions.ts";
import type { ProjectContext } from "../init.ts";

/** Features that drift now, the greatest effect first: since when, whose they are, and who is hit. */
export async function driftingNow(ctx: ProjectContext, pageSize: number) {
  const { runtime, project } = ctx;
  const [{ total, rows }, snapshot] = await Promise.all([
    runtime.driftStore.features({ project: project.name, verdict: "drift", page: 1, pageSize }),
    requireSnapshot(ctx),
  ]);
  return {
    total,
    rows: rows.map(({ view, feature, psi, wassersteinSd, currentRows, baselineRows, since }) => {
      const definition = snapshot.views.get(view)?.view;
      return {
        ...{ view, feature, psi, wassersteinSd, currentRows, baselineRows, since: since === null ? null : toDate(since) },
        ...{ owner: definition?.owner ?? null, team: definition?.team ?? null, services: servicesReading(snapshot, view, feature) },
      };
    }),
  };
}
