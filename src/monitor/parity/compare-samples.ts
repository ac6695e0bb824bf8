import { toJsonValue, type ViewVersion } from "../../domain/index.ts";
import { type Clock, isLarderError, type Logger } from "../../kit/index.ts";
import { MATERIALIZE } from "../../materialize/index.ts";
import type { OfflineStore, RowsAsOf } from "../../offline/index.ts";
import type { Project, Registry } from "../../registry/index.ts";
import type { RunLog } from "../../runs/index.ts";
import { compareServed } from "./compare-served.ts";
import { decodeSample } from "./decode-sample.ts";
import { loadedWindows } from "./loaded-windows.ts";
import type { ParityRecord, ParityResult, ParityStore, StoredSample } from "./port.ts";

export interface CompareSamplesDeps {
  readonly parityStore: ParityStore;
  readonly registry: Registry;
  readonly runLog: RunLog;
  readonly offline: OfflineStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What was served so shortly ago may not be in the history yet, although it soon will. */
const GRACE_MICROS = 60_000_000n;
/** What was pushed and is not in the history gets a second look after this time; samples of a day are what a view is judged by. */
const AGAIN_MICROS = 43_200_000_000n;
/** Of one view in one round. */
const SAMPLES_MAX = 500;
const PATIENCE_MS = 20_000;
const RUNS_LOOKED_AT = 200;

/**
 * Compares samples that wait with the history, view by view; what there is no time for comes in a later round. How many were compared.
 * The order of views is drawn anew each time: sources that take all of it then cannot keep the others from their turn for ever.
 */
export async function compareSamples(deps: CompareSamplesDeps, project: Project, signal: AbortSignal): Promise<number> {
  const now = deps.clock.now();
  const due = { project: project.name, servedBefore: now - GRACE_MICROS, againBefore: now - AGAIN_MICROS };
  const views = shuffled(await deps.parityStore.waitingViews(due));
  let compared = 0;
  for (const view of views) {
    if (signal.aborted) break;
    const waiting = await deps.parityStore.waiting({ ...due, view, limit: SAMPLES_MAX });
    for (const samples of Map.groupBy(waiting, ({ versionId }) => versionId).values()) compared += await compareVersion(deps, project, samples);
  }
  return compared;
}

async function compareVersion(deps: CompareSamplesDeps, project: Project, samples: readonly StoredSample[]): Promise<number> {
  try {
    const againBefore = deps.clock.now() - AGAIN_MICROS;
    const young = new Set(samples.filter(({ servedAt }) => servedAt >= againBefore).map(({ id }) => id));
    const records = await compareView(deps, project, samples);
    const isEarly = ({ id, found }: ParityRecord) => found === "not_in_history" && young.has(id);
    await deps.parityStore.postpone(
      project.name,
      records.filter(isEarly).map(({ id }) => id),
    );
    await deps.parityStore.save(
      project.name,
      records.filter((record) => !isEarly(record)),
    );
    return samples.length;
  } catch (error) {
    // A source that cannot be read is told of by its own checks; the samples wait until it can be, or until they are too old.
    const [first] = samples;
    deps.logger.warn({ view: first?.view, code: isLarderError(error) ? error.code : "internal" }, "served samples could not be compared with the history");
    return 0;
  }
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}

async function compareView(deps: CompareSamplesDeps, project: Project, samples: readonly StoredSample[]): Promise<readonly ParityRecord[]> {
  const [{ view, versionId } = { view: "", versionId: "" }] = samples;
  const version = await findVersion(deps, project.name, { view, versionId });
  if (version === null || version.batchSource === null) return samples.map((sample) => toRecord(null, sample, NO_HISTORY));
  const ofView = { project: project.name, subject: `feature_view:${view}`, kinds: [MATERIALIZE], states: ["succeeded"] } as const;
  const runs = await deps.runLog.list({ ...ofView, page: 1, pageSize: RUNS_LOOKED_AT });
  const by = { version, windows: loadedWindows(runs.rows, version) };
  const served = samples.map((sample) => decodeSample(version, sample));
  const asked = served.map(({ key, servedAt }) => ({ key, at: servedAt }));
  const history = await deps.offline.rowsAsOf({ view: version, asked, timeoutMs: PATIENCE_MS });
  return served.map((vector, index) => toRecord(version, vector, compareServed(vector, history[index] ?? NOTHING, by)));
}

const NO_HISTORY: ParityResult = { found: "no_history", differing: [], history: null };
const NOTHING: RowsAsOf = { newest: null, known: null };

async function findVersion(
  { registry }: CompareSamplesDeps,
  project: string,
  { view, versionId }: Pick<StoredSample, "view" | "versionId">,
): Promise<ViewVersion | null> {
  const versions = await registry.versions(project, view);
  return versions.find(({ version }) => version.versionId === versionId)?.version ?? null;
}

function toRecord(
  version: ViewVersion | null,
  { id, features }: Pick<StoredSample, "id" | "features">,
  { found, differing, history }: ParityResult,
): ParityRecord {
  if (version === null || history === null) return { id, found, features, differing, history: null };
  const places = new Map(version.features.map(({ name }, index) => [name, index]));
  const values = features.map((name) => {
    const place = places.get(name) ?? -1;
    return toJsonValue(version.features[place]?.type ?? "string", history.values[place] ?? null);
  });
  return { id, found, features, differing, history: { event: history.event, created: history.created, values } };
}
