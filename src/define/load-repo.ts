import { fork } from "node:child_process";
import { realpath } from "node:fs/promises";
import { relative } from "node:path";
import type { Problem, RepoContents } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import type { DefinitionExport, LoadedDefinitions } from "./load-definitions.ts";
import { readRepoSettings } from "./repo-settings.ts";

export interface LoadRepoOptions {
  /** Longer than this, and the repo's code is stopped. Default: 30,000. */
  readonly timeoutMs?: number;
}

/**
 * Reads a feature repo from disk: its settings, all that its files export, and everything that is wrong with them, each with file and line.
 * The files run in a process of their own, so every call sees them as they are now. Throws invalid_definition when DIR is no feature repo,
 * timeout when its code does not come to an end.
 */
export async function loadRepo(dir: string, { timeoutMs = 30_000 }: LoadRepoOptions = {}): Promise<RepoContents> {
  const settings = await readRepoSettings(dir);
  const { definitions, problems } = await runRepo(await realpath(dir), timeoutMs);
  const all: Problem[] = [...settings.problems, ...problems];
  if (definitions.length === 0 && all.length === 0) {
    all.push({ severity: "warning", file: null, line: null, message: `no .ts file in ${dir} exports a definition` });
  }
  return { project: settings.project, settings: settings.settings, definitions, problems: all };
}

/** Under which names the files of a repo export its definitions; of what does not load, nothing. Throws as loadRepo does. */
export async function loadRepoExports(dir: string, { timeoutMs = 30_000 }: LoadRepoOptions = {}): Promise<readonly DefinitionExport[]> {
  return (await runRepo(await realpath(dir), timeoutMs)).exports;
}

/** What the child says: first the files as it comes to them, then all that it found. */
type Message = { readonly loading: string } | LoadedDefinitions;

function runRepo(root: string, timeoutMs: number): Promise<LoadedDefinitions> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL("./load-repo-child.ts", import.meta.url), [root], {
      execArgv: [],
      stdio: ["ignore", process.stderr.fd, process.stderr.fd, "ipc"], // what the repo prints is no answer of ours
    });
    let loading = "its files";
    const fail = (error: LarderError) => {
      child.kill("SIGKILL");
      reject(error);
    };
    const timer = setTimeout(() => {
      const hint = "A feature repo only says what there is; look for a loop, or an await that never ends.";
      fail(new LarderError("timeout", `${loading} did not finish loading within ${timeoutMs / 1000} s.`, { hint }));
    }, timeoutMs);
    child.on("message", (message: Message) => {
      if ("loading" in message) loading = relative(root, message.loading);
      else resolve(message);
    });
    child.on("error", (cause) => reject(new LarderError("internal", "The process that loads feature repos did not start.", { cause })));
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      reject(new LarderError("invalid_definition", `Loading ${loading} ended the process that loads the repo (${signal ?? `exit code ${code}`}).`));
    });
  });
}
