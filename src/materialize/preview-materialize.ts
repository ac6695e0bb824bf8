import type { Actor, BatchSource, ValueType, ViewVersion } from "../domain/index.ts";
import { toLarderError } from "../kit/index.ts";
import type { OnlineStore } from "../online/index.ts";
import { openProject } from "../registry/index.ts";
import { isFinished, type Run } from "../runs/index.ts";
import { countExpected, isBlocking } from "./check-stage.ts";
import { commandLine } from "./command-line.ts";
import { readReceipt, readRequest, requestKey } from "./documents.ts";
import { materializableView, whyNotMaterializable } from "./find-view.ts";
import type { MaterializeDeps, MaterializePreview, MaterializeReceipt, MaterializeWindow } from "./port.ts";
import { resolveWindow } from "./resolve-window.ts";
import { MATERIALIZE } from "./start-materialize.ts";

/** The dialog waits no longer than 2 s; each part may use this much of it. */
const PART_TIMEOUT_MS = 1_500;
const RUNS_TO_GO_BY = 20;

export interface PreviewMaterializeInput {
  readonly actor: Actor;
  readonly project: string;
  readonly view: string;
  readonly window: MaterializeWindow;
  readonly allowFailedChecks: boolean;
}

/** What a materialize of this view and window would do, within two seconds: what is not known by then is null. */
export async function previewMaterialize(deps: MaterializeDeps, input: PreviewMaterializeInput): Promise<MaterializePreview> {
  const snapshot = await openProject(deps.registry, input.project);
  const found = snapshot.views.get(input.view) ?? materializableView(snapshot, input.view);
  const resource = { project: input.project, kind: "feature_view", name: input.view, team: found.view.team } as const;
  await deps.authorizer.authorize({ actor: input.actor, action: "discover", resource });
  const store = deps.onlineStores.forProject(snapshot.project);
  const runs = await recentRuns(deps, input);
  const last = runs.find((run) => run.state === "succeeded") ?? null;
  const checks = { expected: countExpected(found.view), blocking: countExpected({ features: found.view.features.filter(isBlocking) }) };
  const facts = { store: store.type, place: store.place, view: input.view, from: sourceText(found.newest.batchSource), command: commandLine(input), checks };
  const base = { ...facts, lastRunAt: last?.finishedAt ?? null, activeRun: activeRun(runs, input) };
  try {
    const obstacle = whyNotMaterializable(found);
    if (obstacle) throw obstacle;
    return { ...base, ...(await estimate(deps, { input, view: found.newest, store, projectId: snapshot.project.onlineId, last })), problem: null };
  } catch (error) {
    const { message, hint } = toLarderError(error);
    return { ...base, ...UNKNOWN, problem: hint ? `${message} ${hint}` : message };
  }
}

const UNKNOWN = {
  windowNote: "",
  reads: { rows: null, bytes: null, keys: null, exact: false, basis: "unknown" },
  keysMax: null,
  onlineBytes: null,
  onlineKeysNow: null,
  onlineKeysExact: false,
  secondsEstimate: null,
  secondsBasis: "unknown",
} as const;

interface EstimateWork {
  readonly input: PreviewMaterializeInput;
  readonly view: ViewVersion;
  readonly store: OnlineStore;
  readonly projectId: string;
  readonly last: Run | null;
}

async function estimate(deps: MaterializeDeps, { input, view, store, projectId, last }: EstimateWork) {
  const now = deps.clock.now();
  const [state, epoch, fingerprint, online] = await Promise.all([
    deps.registry.onlineState(view.versionId, store.type),
    store.epoch(projectId),
    deps.offline.fingerprint(view),
    within(PART_TIMEOUT_MS, store.count({ project: projectId, version: view.versionId })),
  ]);
  const hasCreatedTime = view.batchSource?.createdTimestampColumn != null;
  const resolved = resolveWindow(input.window, { state, epoch: epoch.epoch, fingerprint, hasCreatedTime, now });
  const reads = await deps.offline.estimate(view, resolved.window, PART_TIMEOUT_MS);
  const keysMax = reads.keys ?? (online && online.keys > 0 && reads.rows !== null ? Math.min(reads.rows, online.keys) : reads.rows);
  return {
    windowNote: resolved.note,
    reads,
    keysMax,
    onlineBytes: keysMax === null ? null : keysMax * bytesPerRow(view),
    onlineKeysNow: online?.keys ?? null,
    onlineKeysExact: online?.exact ?? false,
    ...secondsEstimate(reads.rows, readReceipt(last?.receipt)),
  };
}

function secondsEstimate(rows: number | null, last: MaterializeReceipt | null): { secondsEstimate: number | null; secondsBasis: string } {
  if (rows === null) return { secondsEstimate: null, secondsBasis: "the number of rows is unknown" };
  if (!last || last.rowsRead === 0) return { secondsEstimate: null, secondsBasis: "no earlier run to go by" };
  // A short run is mostly start-up, which does not grow with the rows.
  const seconds = Math.max(0.5, (last.seconds * rows) / last.rowsRead);
  return { secondsEstimate: seconds, secondsBasis: `the last run read ${last.rowsRead} rows in ${last.seconds.toFixed(1)} s` };
}

const WIDTHS: Partial<Record<ValueType, number>> = { bool: 1, int32: 4, float32: 4, int64: 8, float64: 8, timestamp: 8, unix_timestamp: 8 };
const WIDTH_OF_OTHERS = 24;
const ROW_OVERHEAD = 16 + 2;

function bytesPerRow(view: ViewVersion): number {
  const widths = [...view.joinKeys, ...view.features].map(({ type }) => WIDTHS[type] ?? WIDTH_OF_OTHERS);
  return widths.reduce((sum, width) => sum + width, ROW_OVERHEAD + Math.ceil(view.features.length / 8));
}

async function recentRuns({ runLog }: MaterializeDeps, { project, view }: PreviewMaterializeInput): Promise<readonly Run[]> {
  const filter = { project, subject: `feature_view:${view}`, kinds: [MATERIALIZE], page: 1, pageSize: RUNS_TO_GO_BY };
  return (await runLog.list(filter)).rows;
}

function activeRun(runs: readonly Run[], input: PreviewMaterializeInput): string | null {
  const key = requestKey(input);
  return runs.find((run) => !isFinished(run.state) && requestKey(readRequest(run.request)) === key)?.id ?? null;
}

function sourceText(source: BatchSource | null): string {
  if (source === null) return "no batch source";
  return source.type === "file" ? source.pathAsWritten : source.name;
}

/** The answer, or null when it does not come in time. */
async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  return Promise.race([work, timeout]).finally(() => clearTimeout(timer));
}
