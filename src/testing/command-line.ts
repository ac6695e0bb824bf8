import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("../../bin/larder.mjs", import.meta.url));

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document that --json prints. */
  json<T = Record<string, unknown>>(): T;
}

export interface StartedCommand {
  readonly child: ChildProcess;
  /** What it said so far, on both. */
  said(): string;
  readonly ended: Promise<CommandResult>;
}

/** Starts `larder …` as people do, with nothing of this environment's settings but `env`. */
export function startLarder(args: readonly string[], { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): StartedCommand {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(LARDER_|DATABASE_URL|REDIS_URL|NODE_ENV|VITEST)/.test(name));
  const child = spawn(process.execPath, [program, ...args], { cwd, env: { ...Object.fromEntries(inherited), ...env } as NodeJS.ProcessEnv });
  child.stdin.end();
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      said[name] += chunk;
    });
  }
  const ended = once(child, "close").then(([code]): CommandResult => ({ code, ...said, json: () => JSON.parse(said.stdout) }));
  return { child, said: () => said.stdout + said.stderr, ended };
}
