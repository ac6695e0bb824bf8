import { type ExpectationFinding, expectationsIn, expectedFeatures, type Feature, type FeatureView, findingText } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { Stage } from "../offline/index.ts";
import type { SnapshotView } from "../registry/index.ts";
import { commandLine } from "./command-line.ts";
import type { MaterializeRequest } from "./documents.ts";
import type { MaterializeChecks, MaterializeDeps } from "./port.ts";

/** How many findings an error names; the run's log has them all, with an example of each. */
const NAMED_MAX = 3;

export interface StageToCheck {
  readonly deps: Pick<MaterializeDeps, "offline">;
  readonly request: MaterializeRequest;
  readonly view: SnapshotView;
  readonly stage: Stage;
  readonly signal: AbortSignal;
}

/** Holds a stage against what its view expects now. What it finds may yet have to be refused: see `refuseBlocked`. */
export async function checkStage({ deps, request, view, stage, signal }: StageToCheck): Promise<MaterializeChecks> {
  const expected = expectedFeatures(view.view.features);
  const { findings } = await deps.offline.checkStage({ stage, view: view.newest, expected }, signal);
  return { expected: countExpected(view.view), findings, overridden: request.allowFailedChecks && findings.some(blocks) };
}

export function countExpected({ features }: Pick<FeatureView, "features">): number {
  return expectedFeatures(features).reduce((sum, { expect }) => sum + expectationsIn(expect).length, 0);
}

/** Whether rows that break what is expected of a feature keep a run from writing. */
export function isBlocking({ expect }: Feature): boolean {
  return expect?.onFailure === "block";
}

function blocks({ onFailure }: ExpectationFinding): boolean {
  return onFailure === "block";
}

/** Throws failed_precondition where rows break an expectation that blocks, unless the run was started in spite of it. */
export function refuseBlocked(request: MaterializeRequest, { findings }: MaterializeChecks): void {
  const blocking = findings.filter(blocks);
  if (blocking.length === 0 || request.allowFailedChecks) return;
  const named = blocking
    .slice(0, NAMED_MAX)
    .map((finding) => findingText({ ...finding, example: null })) // why a view is late is told in alerts, where no values belong
    .join("; ");
  const more = blocking.length > NAMED_MAX ? `; and ${blocking.length - NAMED_MAX} more` : "";
  throw new LarderError("failed_precondition", `${request.view} is not as expected, so nothing was written: ${named}${more}.`, {
    hint: `Mend the source or the expectation and resume the run, or write these rows all the same: ${commandLine({ ...request, allowFailedChecks: true })}`,
  });
}
