import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRuntime, type Runtime, readEnvironment } from "../../src/runtime/index.ts";
import { freePort } from "../../src/testing/free-port.ts";
import { answers, runProgram, type Started, startNode } from "./processes.ts";

const source = (path: string): string => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));

/** A fresh Larder with a data folder and a PostgreSQL of its own, used through its doors: the command line, HTTP, the worker. */
export interface LarderHome {
  /** The real parts, in this process. */
  readonly runtime: Runtime;
  /** For other processes that shall work on it. */
  readonly env: NodeJS.ProcessEnv;
  /** Runs a command with --json; its document. Throws what it said when it fails. */
  cli(...args: readonly string[]): Promise<unknown>;
  startWorker(): Promise<Started>;
  /** Starts the serving process for one project. */
  startServe(project: string): Promise<Started & { readonly port: number }>;
  dispose(): Promise<void>;
}

export interface LarderOptions {
  /** Settings besides the defaults. */
  readonly env: Readonly<Record<string, string>>;
  /** A folder for CPU profiles of worker and serving process; null: none. */
  readonly profile: string | null;
}

export async function openLarder(folder: string, { env, profile }: LarderOptions): Promise<LarderHome> {
  const home = join(folder, "home");
  await mkdir(home, { recursive: true });
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(LARDER_|DATABASE_URL|REDIS_URL|NODE_OPTIONS)/.test(name)));
  const variables: NodeJS.ProcessEnv = { ...inherited, NODE_ENV: "production", LARDER_HOME: home, LARDER_LOG_LEVEL: "warn", ...env };
  const runtime = await createRuntime({ environment: readEnvironment(variables), name: "bench" });
  const profiling = profile === null ? [] : ["--cpu-prof", `--cpu-prof-dir=${profile}`];
  const started: Started[] = [];
  const keep = <T extends Started>(one: T): T => {
    started.push(one);
    return one;
  };
  return {
    runtime,
    env: variables,
    async cli(...args) {
      return JSON.parse(await runProgram(process.execPath, [source("cli/main.ts"), ...args, "--json"], { env: variables }));
    },
    async startWorker() {
      const isReady = (said: string): boolean => said.includes("the worker takes jobs");
      // As `larder up` starts it.
      return keep(
        await startNode({
          args: [...profiling, "--max-old-space-size=384", source("worker/main.ts")],
          env: { ...variables, LARDER_LOG_LEVEL: "info" },
          isReady,
        }),
      );
    },
    async startServe(project) {
      const port = await freePort();
      const isReady = (): Promise<boolean> => answers(`http://127.0.0.1:${port}/health`);
      const env = { ...variables, LARDER_PROJECT: project, LARDER_SERVE_PORT: String(port) };
      return { ...keep(await startNode({ args: [...profiling, source("http/main.ts")], env, isReady })), port };
    },
    async dispose() {
      await Promise.all(started.map((one) => one.stop()));
      await runtime.dispose();
    },
  };
}
