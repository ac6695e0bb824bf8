import type { Logger } from "../../kit/index.ts";
import type { Registry } from "../../registry/index.ts";
import { forEachProject } from "../for-each-project.ts";
import { type MeasureQualityDeps, measureQuality } from "./measure-quality.ts";
import { moveQualityIncidents, type QualityIncidentDeps } from "./quality-incidents.ts";

export type WatchQualityDeps = MeasureQualityDeps & QualityIncidentDeps & { readonly registry: Registry; readonly logger: Logger };

/** One round over all projects: measures the days that are over, judges them, moves incidents. What there is no time for comes in the next. */
export async function watchQuality(deps: WatchQualityDeps, signal: AbortSignal): Promise<void> {
  await forEachProject(deps, { name: "quality", signal }, async (project) => {
    const snapshot = await deps.registry.snapshot(project.name);
    if (snapshot === null) return;
    const looks = await measureQuality(deps, { project, snapshot, signal });
    await moveQualityIncidents(deps, { project, snapshot, looks, now: deps.clock.now() });
  });
}
