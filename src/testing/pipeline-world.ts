import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import type { Definition, ProjectSettings } from "../domain/index.ts";
import { applyRepo } from "../registry/index.ts";
import { isFinished, type Run } from "../runs/index.ts";
import { createRuntime, type Environment, type Runtime, readEnvironment } from "../runtime/index.ts";
import { aRepo, sqliteSettings } from "./builders.ts";
import { withDatabase, withFolder } from "./world.ts";

/** A whole Larder without its doors: own database, own folder, real stores. */
export interface PipelineWorld {
  readonly runtime: Runtime;
  /** For child processes that shall work on this world. */
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  readonly project: string;
  apply(definitions: readonly Definition[], allowRemovals?: boolean): Promise<void>;
  /** Resolves when the run has ended, or when `until` says so. */
  follow(run: string, until?: (run: Run) => boolean): Promise<Run>;
  dispose(): Promise<void>;
}

const PATIENCE_MS = 90_000;

export async function pipelineWorld(options: { readonly redisUrl?: string; readonly databaseUrl?: string } = {}): Promise<PipelineWorld> {
  const folder = await withFolder();
  const database = options.databaseUrl ? { url: options.databaseUrl, dispose: async () => {} } : await withDatabase();
  const env = { LARDER_HOME: folder.path, DATABASE_URL: database.url, LARDER_LOG_LEVEL: "silent", REDIS_URL: options.redisUrl ?? "redis://127.0.0.1:1" };
  const environment: Environment = readEnvironment(env);
  const runtime = await createRuntime({ environment, name: "test" });
  const project = `rides_${randomBytes(4).toString("hex")}`;
  const settings: ProjectSettings = options.redisUrl
    ? { ...sqliteSettings, onlineStore: { type: "redis", connectionString: options.redisUrl } }
    : sqliteSettings;
  return {
    runtime,
    env,
    home: folder.path,
    project,
    async apply(definitions, allowRemovals = false) {
      await applyRepo(runtime, { actor: runtime.localOwner, repo: aRepo(definitions, { project, settings }), allowRemovals });
    },
    async follow(id, until = (run) => isFinished(run.state)) {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const run = await runtime.runLog.get(id).catch(() => null);
        if (run && until(run)) return run;
        if (Date.now() > deadline) throw new Error(`run ${id} did not get there: ${JSON.stringify(run)}`);
        await sleep(20);
      }
    },
    async dispose() {
      await runtime.dispose();
      await database.dispose();
      await folder.dispose();
    },
  };
}

/** Writes `select …` to a Parquet file in `folder` and gives its path. */
export async function writeParquet(folder: string, name: string, select: string): Promise<string> {
  const path = join(folder, name);
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet)`);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
  return path;
}
