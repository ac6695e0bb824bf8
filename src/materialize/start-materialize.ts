import type { Actor } from "../domain/index.ts";
import { formatTimestamp, type Micros, type Transaction, ulid } from "../kit/index.ts";
import { openProject } from "../registry/index.ts";
import { startRun } from "../runs/index.ts";
import { requestKey, toDocument } from "./documents.ts";
import { materializableView, whyNotMaterializable } from "./find-view.ts";
import type { MaterializeDeps, MaterializeWindow, StartedRuns } from "./port.ts";
import { assertForward } from "./resolve-window.ts";

/** The kind of run, and the queue that its jobs stand in. */
export const MATERIALIZE = "materialize";

export interface StartMaterializeInput {
  readonly actor: Actor;
  readonly project: string;
  /** null: every online view with a batch source. */
  readonly views: readonly string[] | null;
  readonly window: MaterializeWindow;
  /** Write rows even where an expectation that blocks does not hold; default: no. */
  readonly allowFailedChecks?: boolean;
  /** Done in the transaction that queues the runs. */
  readonly alongside?: (tx: Transaction) => Promise<void>;
}

/**
 * Queues one run per view, all in one transaction; a view whose same window is queued or running joins that run.
 * Throws not_found, failed_precondition, not_built, invalid_argument, permission_denied.
 */
export async function startMaterialize(deps: MaterializeDeps, input: StartMaterializeInput): Promise<StartedRuns> {
  const now = deps.clock.now();
  assertForward(input.window, now);
  const snapshot = await openProject(deps.registry, input.project);
  const views = input.views?.map((name) => materializableView(snapshot, name)) ?? [...snapshot.views.values()].filter((view) => !whyNotMaterializable(view));
  for (const { view } of views) {
    const resource = { project: input.project, kind: "feature_view", name: view.name, team: view.team } as const;
    await deps.authorizer.authorize({ actor: input.actor, action: "operate", resource });
  }
  const group = newId(now);
  const how = { window: input.window, allowFailedChecks: input.allowFailedChecks ?? false };
  return deps.transactor.transact(async (tx) => {
    const runs: { run: string; view: string; joined: boolean }[] = [];
    for (const { view } of views) {
      const { run, joined } = await startRun(deps, tx, {
        id: newId(now),
        group,
        project: input.project,
        kind: MATERIALIZE,
        subject: `feature_view:${view.name}`,
        request: toDocument({ view: view.name, ...how }),
        actor: input.actor,
        key: `${MATERIALIZE}:${input.project}:${view.name}:${requestKey(how)}`,
      });
      runs.push({ run: run.id, view: view.name, joined });
      const detail = { run: run.id, joined, window: describeRequest(input.window), ...(how.allowFailedChecks && { allowFailedChecks: true }) };
      await deps.audit.record(tx, { at: now, actor: input.actor, action: "started materialize", project: input.project, subject: run.subject, detail });
    }
    await input.alongside?.(tx);
    return { group, runs };
  });
}

function newId(now: Micros): string {
  return ulid(Number(now / 1000n), (count) => crypto.getRandomValues(new Uint8Array(count)));
}

function describeRequest(window: MaterializeWindow): string {
  switch (window.kind) {
    case "everything":
      return "everything";
    case "incremental":
      return window.end === null ? "incremental" : `incremental until ${formatTimestamp(window.end)}`;
    case "range":
      return `${formatTimestamp(window.start)} to ${formatTimestamp(window.end)}`;
  }
}
