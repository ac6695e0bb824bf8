import { mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { JobContext } from "../jobs/index.ts";
import { LarderError, stringifyJsonExact, toDate } from "../kit/index.ts";
import type { JoinResult, JoinView, RowFile, ViewMatches } from "../offline/index.ts";
import { openProject, type RegistrySnapshot } from "../registry/index.ts";
import { type Patience, type ProgressReporter, patience, progressReporter, type RunWork, workOnRun } from "../runs/index.ts";
import { changesSince } from "./compare-results.ts";
import { readTrainingRequest, type TrainingRequest } from "./documents.ts";
import { entityRowsDigest, entityRowsFile, entityRowsName } from "./entity-rows.ts";
import { pinnedJoins } from "./join-views.ts";
import { definitionDigest } from "./pin-set.ts";
import type { SourceState, TrainingDeps, TrainingReceipt } from "./port.ts";
import { resultStatistics } from "./result-view.ts";
import { joinStates } from "./source-state.ts";
import { resultFolder, sha256OfFile, statisticsFile, workFolder } from "./training-files.ts";

const TRIES_MAX = 3;

interface Building extends RunWork {
  readonly deps: TrainingDeps;
  readonly request: TrainingRequest;
  readonly snapshot: RegistrySnapshot;
  readonly joins: readonly JoinView[];
  readonly patient: Patience;
  readonly progress: ProgressReporter;
}

/**
 * The job behind a training set: gather the entity rows, join, count what matched, look at the columns, keep the file under its checksum.
 * Every step makes the same files again, so an attempt that takes over simply begins anew.
 */
export async function runTrainingSet(deps: TrainingDeps, job: { readonly run: string }, context: JobContext): Promise<void> {
  await workOnRun(deps, job, context, async (work) => {
    const { run, attempt, signal } = work;
    const patient = patience({ runLog: deps.runLog, attempt, storeType: "", signal, logger: deps.logger });
    const progress = progressReporter((report) => patient.database(() => deps.runLog.progress(attempt, report)));
    const request = readTrainingRequest(run.request);
    const snapshot = await patient.database(() => openProject(deps.registry, run.project));
    const joins = await patient.database(() => pinnedJoins(deps.registry, run.project, request.pins.views));
    await build({ ...work, deps, request, snapshot, joins, patient, progress });
  });
}

async function build(building: Building): Promise<void> {
  const { deps, run, request, signal, progress } = building;
  const folder = workFolder(deps.trainingDirectory, run.id);
  await mkdir(folder, { recursive: true });
  const lap = stopwatch();
  const joined = await joinUnchanged(building, folder, lap);
  progress.begin("counting", { total: joined.result.rows, unit: "rows" });
  await progress.advance(0);
  const { eventTimestampColumn, knownAtDelaySeconds } = request.spec;
  const asked = { entityRows: joined.rows, eventTimestampColumn, views: building.joins, knownAtDelaySeconds, sampleRows: null };
  const matches = await deps.offline.countMatches(asked, signal);
  const counting = lap();
  progress.begin("statistics", { total: joined.result.columns.length, unit: "columns" });
  await progress.advance(0);
  const statistics = await resultStatistics(deps.offline, joined.path, eventTimestampColumn);
  signal.throwIfAborted();
  const file = await keep(building, joined.path, stringifyJsonExact(statistics));
  await finish(building, { ...joined, matches, file, phases: { ...joined.phases, counting, statistics: lap() } });
  if (request.set !== null) await rm(folder, { recursive: true, force: true });
  else await rm(join(folder, "entity-rows.parquet"), { force: true });
}

function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const seconds = (performance.now() - last) / 1000;
    last += seconds * 1000;
    return seconds;
  };
}

interface Joined {
  readonly rows: RowFile;
  readonly path: string;
  readonly result: JoinResult;
  readonly states: readonly SourceState[];
  readonly rowsDigest: string;
  readonly phases: { readonly entityRows: number; readonly joining: number };
}

/** What the receipt says of the sources must be what was read: when one changes meanwhile, all is read again. */
async function joinUnchanged(building: Building, folder: string, lap: () => number): Promise<Joined> {
  const { deps, request, joins, snapshot, signal, progress, patient, attempt } = building;
  const { spec, pins } = request;
  const look = async () => ({ states: await joinStates(deps.offline, joins), rowsDigest: await entityRowsDigest(deps, snapshot, spec.entityRows) });
  for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
    const before = await look();
    progress.begin("gathering", { total: null, unit: "rows" });
    await progress.advance(0);
    const rows = await entityRowsFile(deps, snapshot, { spec, pins, to: join(folder, "entity-rows.parquet"), signal });
    const entityRows = lap();
    progress.begin("joining", { total: null, unit: "rows" });
    await progress.advance(0);
    const out = { path: join(folder, "result.parquet"), format: "parquet" } as const;
    const { eventTimestampColumn, knownAtDelaySeconds } = spec;
    const result = await deps.offline.join({ entityRows: rows, eventTimestampColumn, views: joins, outputs: pins.outputs, knownAtDelaySeconds, out }, signal);
    if (JSON.stringify(await look()) === JSON.stringify(before)) return { rows, path: out.path, result, ...before, phases: { entityRows, joining: lap() } };
    await patient.database(() => deps.runLog.log(attempt, "warn", "A source changed while it was read: reading it again."));
  }
  throw new LarderError("unavailable", "A source changed again and again while it was read.", { hint: "Run it when nothing writes to the sources." });
}

/** Puts the result where it stays, under its checksum: equal bytes are one file. */
async function keep({ deps, run, request, signal }: Building, path: string, statistics: string): Promise<Pick<TrainingReceipt, "file" | "checksum" | "bytes">> {
  const [checksum, { size: bytes }] = [await sha256OfFile(path, signal), await stat(path)];
  const folder = resultFolder(request.set, run.id);
  const file = join(folder, `${checksum.slice(0, 32)}.parquet`);
  const whole = join(deps.trainingDirectory, file);
  await mkdir(join(deps.trainingDirectory, folder), { recursive: true });
  await writeFile(statisticsFile(whole), statistics);
  await rename(path, whole);
  return { file, checksum, bytes };
}

interface Built extends Joined {
  readonly matches: readonly ViewMatches[];
  readonly file: Pick<TrainingReceipt, "file" | "checksum" | "bytes">;
  readonly phases: TrainingReceipt["phases"];
}

async function finish(building: Building, built: Built): Promise<void> {
  const { deps, run, attempt, request, patient } = building;
  const { set } = request;
  const before = set === null ? null : await patient.database(() => deps.trainingSets.get(run.project, set.name));
  const receipt = trainingReceipt(building, built, before);
  await patient.database(() =>
    deps.transactor.transact(async (tx) => {
      const at = toDate(deps.clock.now());
      const saved = set === null || (await deps.trainingSets.saveResult(tx, set.id, { run: run.id, at, receipt }));
      if (!saved) throw new LarderError("failed_precondition", `The training set ${set?.name} was removed while its run was under way.`);
      await deps.runLog.finish(attempt, { state: "succeeded", receipt }, tx);
    }),
  );
  deps.logger.info({ run: run.id, set: set?.name ?? null, rows: receipt.rows, seconds: receipt.seconds }, "made a training set");
}

type Before = { readonly result: TrainingReceipt | null; readonly resultRun: string | null } | null;

function trainingReceipt({ request, run }: Building, built: Built, before: Before): TrainingReceipt {
  const { spec, pins, set } = request;
  const { result, states, matches } = built;
  const views = pins.views.map(({ view, versionId, version, ttlSeconds }, index) => {
    const [match, source] = [matches[index], states[index]];
    if (match === undefined || source === undefined) throw new LarderError("internal", "A view of the training set was not counted.");
    const { matched, expired, notFound, joinKeyMap } = match;
    return { view, joinKeyMap, versionId, version, ttlSeconds, source, matched, expired, notFound };
  });
  const read = {
    entityRows: { from: entityRowsName(spec.entityRows), rows: result.rows, digest: built.rowsDigest },
    views,
    definition: definitionDigest(spec, pins),
  };
  const old = before?.result ?? null;
  return {
    set: set?.name ?? null,
    ...read,
    rows: result.rows,
    columns: result.columns,
    features: pins.outputs,
    rejected: result.rejected.map(({ view, rejection }) => ({ view, ...rejection })),
    ...built.file,
    seconds: (Date.now() - (run.startedAt ?? new Date()).getTime()) / 1000,
    phases: built.phases,
    compared: old === null ? null : { run: before?.resultRun ?? "", sameBytes: old.checksum === built.file.checksum, changed: changesSince(old, read) },
  };
}
