import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Logger, silentLogger } from "../../kit/index.ts";
import type { Environment } from "../../runtime/index.ts";
import type { Machine } from "../machine.ts";
import { ensureConsoleBuilt } from "./build-console.ts";
import type { Instance } from "./instance.ts";
import { processSpecs } from "./process-specs.ts";
import { type Supervisor, supervise } from "./supervise.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const ANSWER_POLL_MS = 150;

export interface UpOptions {
  readonly environment: Environment;
  readonly machine: Machine;
  readonly instance: Instance;
  /** The feature repo to apply; null: none. */
  readonly repo: string | null;
  readonly databaseUrl: string | undefined;
  readonly say: (line: string) => void;
  /** Aborted by the person: everything stops. */
  readonly signal: AbortSignal;
}

/**
 * Everything on this machine, in the order in which a person can use it: database, serving, worker, data and definitions, console.
 * Resolves when the signal came and all of it has stopped.
 */
export async function runUp(options: UpOptions): Promise<void> {
  const { environment, machine, instance, say, signal } = options;
  const logger = sayingLogger(say);
  const database = await machine.openDatabase({ databaseUrl: options.databaseUrl, home: environment.home, logger });
  let supervisor: Supervisor | null = null;
  try {
    await machine.migrateDatabase({ url: database.url, logger });
    const feed = feedOf(options);
    const env = { ...process.env, LARDER_HOME: environment.home, LARDER_DATA_ROOTS: dataRoots(options, feed), DATABASE_URL: database.url, ...feed?.env };
    supervisor = supervise({ env, logDirectory: join(environment.home, "logs"), say });
    const specs = processSpecs(environment);
    supervisor.start(specs.serve);
    supervisor.start(specs.worker);
    const console = startConsole(options, supervisor).catch((error: Error) => {
      if (!signal.aborted) say(`The console did not start: ${error.message}`);
    });
    await answers(`${instance.serve}/health`, signal);
    say(`Serving on ${instance.serve} (reference: ${instance.serve}/docs)`);
    if (options.repo !== null) await bringIn(options, supervisor, feed);
    await console;
    await untilAborted(signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    say("Stopping …");
    await supervisor?.stop();
    await database.stop();
  }
}

/** What goes wrong with the database is told as a line for people; there is no log of this process. */
function sayingLogger(say: (line: string) => void): Logger {
  const tell = (fields: object, message: string) => {
    const facts = Object.entries(fields).map(([name, value]) => `${name}: ${value instanceof Error ? value.message : String(value)}`);
    say(facts.length === 0 ? message : `${message} (${facts.join(", ")})`);
  };
  return { ...silentLogger, warn: tell, error: tell };
}

async function startConsole({ machine, environment, instance, say, signal }: UpOptions, supervisor: Supervisor): Promise<void> {
  await ensureConsoleBuilt(machine, say, signal);
  if (signal.aborted) return;
  supervisor.start(processSpecs(environment).console);
  await answers(instance.console, signal);
  say(`Console on ${instance.console}`);
}

/** Sources may be made by click from files in the repo at hand and the demo's, besides what the environment allows. */
function dataRoots({ environment, repo }: UpOptions, feed: Feed | null): string {
  return [...(repo === null ? [] : [repo]), ...(feed === null ? [] : [feed.directory]), ...environment.dataRoots].join(delimiter);
}

interface Feed {
  readonly directory: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The example repo brings a feed that makes its data, and a new hour of them every hour. */
function feedOf({ repo, environment }: UpOptions): Feed | null {
  const main = repo === null ? null : join(repo, ".feed", "main.ts");
  if (main === null || !existsSync(main)) return null;
  const directory = join(environment.home, "demo");
  return { directory, args: [main, "--directory", directory], env: { LARDER_DEMO_DATA: directory } };
}

/** Data first, then definitions, then a first materialize of what is new. */
async function bringIn({ repo, say, signal }: UpOptions, supervisor: Supervisor, feed: Feed | null): Promise<void> {
  if (feed) {
    say("Bringing the example's data up to date …");
    const made = await supervisor.run({ name: "feed", args: feed.args, env: feed.env });
    if (signal.aborted) return;
    if (made.code !== 0) say(`The example's data could not be made:\n${made.stderr.trim()}`);
    supervisor.start({ name: "feed", args: [...feed.args, "--follow"], env: feed.env });
  }
  const larder = (args: readonly string[]) =>
    supervisor.run({ name: "larder", args: [join(root, "src/cli/main.ts"), ...args, "--repo", repo ?? "."], env: {} });
  const applied = await larder(["apply"]);
  if (signal.aborted) return;
  say((applied.stdout + applied.stderr).trim());
  const copied = await larder(["materialize-incremental", "--detach"]);
  if (signal.aborted) return;
  if (copied.code === 0) say("Materializing what is new; larder runs list shows how far it is.");
  else say((copied.stdout + copied.stderr).trim());
}

/** Resolves as soon as anything answers there. */
async function answers(url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const answered = await fetch(url, { signal, redirect: "manual" }).then(
      (response) => response.status < 500,
      () => false,
    );
    if (answered) return;
    await sleep(ANSWER_POLL_MS, undefined, { signal });
  }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
