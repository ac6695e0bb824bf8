import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export interface Load {
  readonly port: number;
  readonly path: string;
  /** Sent in turn, by POST. */
  readonly bodies: readonly string[];
  /** Each sends its next request when it has the answer to the last. */
  readonly connections: number;
  readonly seconds: number;
  /** A text in the bodies that becomes the number of the request, counted from `first` and as long as the text. */
  readonly mark: { readonly text: string; readonly first: number } | null;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of one core, what the load generator itself used. */
  readonly clientShare: number;
}

const PROCESS = fileURLToPath(new URL("load-process.ts", import.meta.url));

/** Loads a server from a process of its own. Throws what the server said when an answer is not a 200. */
export async function runLoad(load: Load): Promise<LoadResult> {
  const child = spawn(process.execPath, [PROCESS], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.end(JSON.stringify(load));
  const [out, said] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  if (child.exitCode !== 0) throw new Error(`the load on ${load.path} failed:\n${said}`);
  return JSON.parse(out) as LoadResult;
}
