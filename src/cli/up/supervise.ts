import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { ProcessSpec } from "./process-specs.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** To `--import` into a process whose stdin is a pipe from this one. */
export const EXIT_WITH_PARENT = new URL("./exit-with-parent.ts", import.meta.url).href;
const STOP_PATIENCE_MS = 5_000;
const RESTART_MS_FIRST = 500;
const RESTART_MS_MAX = 10_000;
/** A process that lived this long was well; its next death restarts it at once again. */
const HEALTHY_MS = 30_000;
const LOG_BYTES_MAX = 10_000_000;

export interface Supervisor {
  /** Starts a process and keeps it running. */
  start(spec: ProcessSpec): void;
  /** Runs a process to its end; its exit code and what it printed to stdout. */
  run(spec: ProcessSpec): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
  /** SIGTERM to all, SIGKILL to those still there 5 s later; resolves when none is left. */
  stop(): Promise<void>;
}

export interface SupervisorOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly logDirectory: string;
  /** One line for the person at the terminal. */
  readonly say: (line: string) => void;
}

/** Keeps child processes alive, their output in one log file each. */
export function supervise({ env, logDirectory, say }: SupervisorOptions): Supervisor {
  const children = new Set<ChildProcess>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;
  mkdirSync(logDirectory, { recursive: true });

  function launch(spec: ProcessSpec): ChildProcess {
    const child = spawn(process.execPath, ["--import", EXIT_WITH_PARENT, ...spec.args], {
      cwd: root,
      env: { ...env, ...spec.env },
      stdio: ["pipe", "pipe", "pipe"],
      // Ctrl-C in a terminal goes to the whole group: only the supervisor shall hear it, and stop the rest in order.
      detached: true,
    });
    child.stdin?.on("error", () => undefined);
    children.add(child);
    child.once("exit", () => children.delete(child));
    return child;
  }

  function keep(spec: ProcessSpec, delayMs: number): void {
    const startedAt = Date.now();
    const child = launch(spec);
    const log = logFile(logDirectory, spec.name);
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on("line", (line) => echo(spec.name, line, log, say));
    }
    child.once("exit", (code, signal) => {
      log.end();
      if (stopping) return;
      const wait = Date.now() - startedAt > HEALTHY_MS ? RESTART_MS_FIRST : delayMs;
      say(`${spec.name} ended (${signal ?? `exit code ${code}`}); starting it again. Its log: ${join(logDirectory, `${spec.name}.log`)}`);
      const timer = setTimeout(() => {
        timers.delete(timer);
        keep(spec, Math.min(RESTART_MS_MAX, wait * 2));
      }, wait);
      timers.add(timer);
    });
  }

  return {
    start: (spec) => keep(spec, RESTART_MS_FIRST),
    run(spec) {
      const child = launch(spec);
      const said = { stdout: "", stderr: "" };
      for (const name of ["stdout", "stderr"] as const) {
        child[name]?.on("data", (chunk: Buffer) => {
          said[name] += chunk;
        });
      }
      return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
    },
    async stop() {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all([...children].map(stopChild));
    },
  };
}

/** SIGTERM, and SIGKILL 5 s later; resolves when it is gone. */
export function stopChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_PATIENCE_MS);
    child.once("exit", () => {
      clearTimeout(force);
      resolve();
    });
    child.kill("SIGTERM");
  });
}

function logFile(directory: string, name: string) {
  const path = join(directory, `${name}.log`);
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(path, `${path}.1`);
  return createWriteStream(path, { flags: "a" });
}

const PINO_WARN = 40;

/** Everything goes to the log; what a person should see, warnings and worse, goes to the terminal too. */
function echo(name: string, line: string, log: NodeJS.WritableStream, say: (line: string) => void): void {
  log.write(`${line}\n`);
  const entry = line.startsWith("{") ? parseEntry(line) : null;
  if (entry && entry.level >= PINO_WARN) say(`${name}: ${entry.msg}${entry.error ? ` (${entry.error})` : ""}`);
}

function parseEntry(line: string): { readonly level: number; readonly msg: string; readonly error?: string } | null {
  try {
    const entry = JSON.parse(line) as { level?: unknown; msg?: unknown; error?: unknown };
    if (typeof entry.level !== "number" || typeof entry.msg !== "string") return null;
    return { level: entry.level, msg: entry.msg, ...(typeof entry.error === "string" && { error: entry.error }) };
  } catch {
    return null;
  }
}
