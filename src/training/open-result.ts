import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Actor } from "../domain/index.ts";
import { LarderError, parseJsonExact } from "../kit/index.ts";
import { openProject } from "../registry/index.ts";
import { readTrainingReceipt, readTrainingRequest } from "./documents.ts";
import { authorizeValues } from "./join-views.ts";
import type { TrainingDeps } from "./port.ts";
import { type ResultStatistics, resultStatistics } from "./result-view.ts";
import { TRAINING_SET } from "./start-training-set.ts";
import { passingFolder, statisticsFile } from "./training-files.ts";

type ResultDeps = Pick<TrainingDeps, "registry" | "offline" | "runLog" | "authorizer" | "trainingDirectory">;

export interface ResultInput {
  readonly actor: Actor;
  readonly run: string;
  /** Null: whatever project the run is of. */
  readonly project: string | null;
}

/** A file to send; `dispose` afterwards. */
export interface OpenedResult {
  readonly path: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly checksum: string;
  dispose(): Promise<void>;
}

/** The result of a run as a file of the format asked for. Throws not_found, failed_precondition while there is none, permission_denied. */
export async function openResult(deps: ResultDeps, input: ResultInput & { readonly format: "parquet" | "csv" }): Promise<OpenedResult> {
  const { path, name, checksum } = await findResult(deps, input);
  if (input.format === "parquet") {
    return {
      path,
      fileName: `${name}.parquet`,
      bytes: (await stat(path)).size,
      contentType: "application/vnd.apache.parquet",
      checksum,
      dispose: async () => {},
    };
  }
  const folder = passingFolder(deps.trainingDirectory);
  await mkdir(folder, { recursive: true });
  const copy = join(folder, `${randomUUID()}.csv`);
  await deps.offline.copyRows({ path, format: "parquet" }, { path: copy, format: "csv" });
  const dispose = () => rm(copy, { force: true });
  return { path: copy, fileName: `${name}.csv`, bytes: (await stat(copy)).size, contentType: "text/csv; charset=utf-8", checksum, dispose };
}

/** The statistics and the first rows of a run's result. Throws as openResult does. */
export async function readResult(deps: ResultDeps, input: ResultInput): Promise<ResultStatistics> {
  const { path, eventTimestampColumn } = await findResult(deps, input);
  const text = await readFile(statisticsFile(path), "utf8").catch(() => null);
  return text === null ? resultStatistics(deps.offline, path, eventTimestampColumn) : readStatistics(text);
}

const WIDE_TYPES: ReadonlySet<string> = new Set(["timestamp", "unix_timestamp", "int64"]);

/** Only a run writes it. JSON does not tell a whole number of 64 bits from another: the column's type does. */
function readStatistics(text: string): ResultStatistics {
  const { profiles, head } = parseJsonExact(text) as ResultStatistics;
  const isWide = head.columns.map(({ type }) => WIDE_TYPES.has(type));
  const rows = head.rows.map((row) => row.map((value, column) => (isWide[column] && typeof value === "number" ? BigInt(value) : value)));
  return { profiles, head: { ...head, rows } };
}

async function findResult(deps: ResultDeps, { actor, run: id, project }: ResultInput) {
  const run = await deps.runLog.get(id);
  if (!run || (project !== null && run.project !== project))
    throw new LarderError("not_found", `There is no run ${id}.`, { hint: "larder runs list shows them." });
  if (run.kind !== TRAINING_SET) throw new LarderError("failed_precondition", `Run ${id} makes no training set: it is a ${run.kind} run.`);
  const { spec, pins, set } = readTrainingRequest(run.request);
  const snapshot = await openProject(deps.registry, run.project);
  await authorizeValues(
    deps.authorizer,
    { actor, project: run.project },
    snapshot,
    pins.views.map(({ view }) => view),
  );
  const receipt = readTrainingReceipt(run.receipt);
  if (run.state !== "succeeded" || receipt === null) {
    throw new LarderError("failed_precondition", `Run ${id} has no result: it is ${run.state}.`, {
      hint: run.error?.message ?? "Wait until it has succeeded.",
    });
  }
  const path = join(deps.trainingDirectory, receipt.file);
  if (!(await stat(path).catch(() => null))) {
    throw new LarderError("not_found", `The result of run ${id} is not kept any more.`, { hint: "Run it again." });
  }
  return { path, name: set?.name ?? `features-${id}`, checksum: receipt.checksum, eventTimestampColumn: spec.eventTimestampColumn };
}
