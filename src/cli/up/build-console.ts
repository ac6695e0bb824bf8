import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LarderError } from "../../kit/index.ts";
import type { Machine } from "../machine.ts";
import { EXIT_WITH_PARENT, stopChild } from "./supervise.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const STAMP = join(root, ".next/larder-stamp");
const SOURCES = ["src", "public", "prisma/schema.prisma", "next.config.js", "package.json", "package-lock.json", "postcss.config.mjs", "tsconfig.json"];
const BUILD_TIMEOUT_MS = 600_000;

/** Builds the console unless the build at hand is of these very sources. Two at once build it once. Throws internal when the build fails. */
export async function ensureConsoleBuilt(machine: Machine, say: (line: string) => void, signal: AbortSignal): Promise<void> {
  await machine.underFileLock(join(root, "node_modules/.cache/larder-console.lock"), () => buildUnlessFresh(say, signal), BUILD_TIMEOUT_MS);
}

async function buildUnlessFresh(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const wanted = await fingerprint();
  if (existsSync(join(root, ".next/BUILD_ID")) && (await readFile(STAMP, "utf8").catch(() => "")) === wanted) return;
  say("Building the console (once; about half a minute) …");
  const args = ["--import", EXIT_WITH_PARENT, "node_modules/next/dist/bin/next", "build"];
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" as const };
  const build = spawn(process.execPath, args, { cwd: root, env, stdio: ["pipe", "pipe", "pipe"] });
  build.stdin.on("error", () => undefined);
  const output = collect(build);
  const code = await endOf(build, signal);
  if (signal.aborted) return;
  if (code !== 0) throw new LarderError("internal", `The console did not build:\n${output().slice(-3_000)}`);
  await writeFile(STAMP, wanted);
}

/** Its exit code, once it is gone; stopped when the signal comes. */
async function endOf(build: ChildProcess, signal: AbortSignal): Promise<number | null> {
  const ended = once(build, "exit") as Promise<[number | null]>;
  const stop = () => void stopChild(build);
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const [code] = await ended.finally(() => signal.removeEventListener("abort", stop));
  return code;
}

function collect(child: ChildProcess): () => string {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      text = `${text}${chunk}`.slice(-20_000);
    });
  }
  return () => text;
}

/** Names, sizes and times of change of all that the console is built from. */
async function fingerprint(): Promise<string> {
  const hash = createHash("sha256");
  for (const source of SOURCES) {
    const path = join(root, source);
    if (!existsSync(path)) continue;
    const files = (await stat(path)).isDirectory() ? (await readdir(path, { recursive: true })).sort().map((name) => join(path, name)) : [path];
    for (const file of files.filter((name) => !/[.](i?test|contract)[.]tsx?$/.test(name))) {
      const entry = await stat(file);
      if (entry.isFile()) hash.update(`${file}\0${entry.size}\0${entry.mtimeMs}\n`);
    }
  }
  return hash.digest("hex");
}
