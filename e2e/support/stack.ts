import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "../../src/testing/free-port.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A whole Larder on this machine, as `npm start` runs it, with a data folder and ports of its own. */
export interface Stack {
  readonly consoleUrl: string;
  readonly serveUrl: string;
  readonly home: string;
  /** Environment for `larder …` commands that are to work on this stack. */
  readonly env: Readonly<Record<string, string>>;
  /** What all its processes said so far. */
  output(): string;
  /** Ends it as Ctrl-C does, and fails where it does not end by itself. */
  stop(): Promise<void>;
}

export interface StackOptions {
  /** Default: the project's own feature_repo. */
  readonly repo?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** How long until serve and console answer; the first start builds the console. */
  readonly patienceMs?: number;
}

/** Starts `larder up` and waits until both doors answer. Throws with the end of its output when they do not. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const home = await mkdtemp(join(tmpdir(), "larder-e2e-"));
  const [consolePort, servePort] = [await freePort(), await freePort()];
  const env = { LARDER_HOME: home, LARDER_CONSOLE_PORT: String(consolePort), LARDER_SERVE_PORT: String(servePort), ...options.env };
  const args = ["src/cli/main.ts", "up", "--repo", options.repo ?? join(root, "feature_repo")];
  const child = spawn(join(root, "node_modules/.bin/node"), args, { cwd: root, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (said = `${said}${chunk}`.slice(-200_000)));
  const stack: Stack = {
    consoleUrl: `http://127.0.0.1:${consolePort}`,
    serveUrl: `http://127.0.0.1:${servePort}`,
    home,
    env,
    output: () => said,
    async stop() {
      const ended = await interrupt(child);
      await rm(home, { recursive: true, force: true });
      if (!ended) throw new Error(`larder up did not end within 20 s of SIGINT:\n${said.slice(-4_000)}`);
    },
  };
  try {
    await answers([`${stack.serveUrl}/health`, stack.consoleUrl], child, options.patienceMs ?? 240_000);
    return stack;
  } catch (error) {
    await stack.stop().catch(() => {});
    throw new Error(`${(error as Error).message}\n${said.slice(-4_000)}`);
  }
}

async function answers(urls: readonly string[], child: ChildProcess, patienceMs: number): Promise<void> {
  const giveUpAt = Date.now() + patienceMs;
  for (const url of urls) {
    while (!(await isUp(url))) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`larder up ended by itself (${child.exitCode ?? child.signalCode}) before ${url} answered.`);
      if (Date.now() > giveUpAt) throw new Error(`${url} did not answer within ${patienceMs / 1000} s.`);
      await sleep(100);
    }
  }
}

async function isUp(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { redirect: "manual", signal: AbortSignal.timeout(5_000) })).status < 500;
  } catch {
    return false;
  }
}

async function interrupt(child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  const exited = once(child, "exit").then(() => true);
  child.kill("SIGINT");
  if (await Promise.race([exited, sleep(20_000, false, { ref: false })])) return true;
  child.kill("SIGKILL");
  await exited;
  return false;
}

/** The addresses and the data folder of the stack that the global set-up started, for specs. */
export function stackUrls(): { readonly consoleUrl: string; readonly serveUrl: string; readonly home: string } {
  const { LARDER_E2E_CONSOLE_URL: consoleUrl, LARDER_E2E_SERVE_URL: serveUrl, LARDER_E2E_HOME: home = ".larder" } = process.env;
  if (!consoleUrl || !serveUrl) throw new Error("No stack is running: specs are started by `npm run test:e2e`.");
  return { consoleUrl, serveUrl, home };
}
