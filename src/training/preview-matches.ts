import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "../domain/index.ts";
import type { ViewMatches } from "../offline/index.ts";
import { settleSpec } from "./create-training-set.ts";
import type { AskedSpec } from "./documents.ts";
import { entityRowsFile } from "./entity-rows.ts";
import { pinnedJoins } from "./join-views.ts";
import type { TrainingDeps } from "./port.ts";
import { passingFolder } from "./training-files.ts";

const SAMPLE_ROWS = 10_000;

type PreviewDeps = Pick<TrainingDeps, "registry" | "inspector" | "offline" | "authorizer" | "trainingDirectory">;

export interface MatchPreview {
  /** Entity rows looked at. */
  readonly rows: number;
  /** Columns of the result after those of the entity rows. */
  readonly outputs: readonly string[];
  readonly views: readonly ViewMatches[];
}

/** What each view has for a sample of the entity rows, before anything is saved or run. Throws what creating the set would. */
export async function previewMatches(
  deps: PreviewDeps,
  input: { readonly actor: Actor; readonly project: string; readonly spec: AskedSpec; readonly signal?: AbortSignal },
): Promise<MatchPreview> {
  const { snapshot, spec, pins } = await settleSpec(deps, input);
  const joins = await pinnedJoins(deps.registry, input.project, pins.views);
  const drawn = join(passingFolder(deps.trainingDirectory), `${randomUUID()}.parquet`);
  try {
    const entityRows = await entityRowsFile(deps, snapshot, { spec, pins, to: drawn, limit: SAMPLE_ROWS, signal: input.signal });
    const { eventTimestampColumn, knownAtDelaySeconds } = spec;
    const request = { entityRows, eventTimestampColumn, views: joins, knownAtDelaySeconds, sampleRows: SAMPLE_ROWS };
    const views = await deps.offline.countMatches(request, input.signal);
    return { rows: views[0]?.rows ?? 0, outputs: pins.outputs, views };
  } finally {
    await rm(drawn, { force: true });
  }
}
