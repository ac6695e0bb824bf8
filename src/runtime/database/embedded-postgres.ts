import { execFile, spawn } from "node:child_process";
import { chown, mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { LarderError, type Logger, retryWhileUnavailable } from "../../kit/index.ts";
import { type PostgresAccount, postgresAccount } from "./postgres-account.ts";
import { dataFolder, postgresBinaries, serverPassword } from "./postgres-files.ts";
import { isAlive, pidWasReused, readPostmaster, stopPostmaster } from "./postmaster.ts";

/*
 * A real PostgreSQL from npm, run for one folder:
 *   data/pgdata    the database       password   of its one user, 0600
 *   postgres.log   what it says       port       the one it had last, kept so that connection strings stay true
 * The server is a process group of its own: Ctrl-C in a terminal reaches Larder only, which stops its parts first and the server last.
 */

const USER = "larder";
const LOG_BYTES_MAX = 4_000_000;
/** None of Larder's own settings and secrets; Next.js's types insist on NODE_ENV. */
const CLEAN_ENVIRONMENT = { PATH: process.env.PATH, LC_ALL: "C", NODE_ENV: process.env.NODE_ENV };

/** Small on purpose: all of Larder's processes together stay under 1 GB. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  shared_buffers: "32MB",
  work_mem: "4MB",
  maintenance_work_mem: "32MB",
  max_wal_size: "256MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_worker_processes: "2",
  max_parallel_workers: "2",
  autovacuum_max_workers: "1",
  io_method: "sync",
  huge_pages: "off",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

export interface EmbeddedServer {
  readonly url: string;
  readonly pid: number;
  /** Calls back once when the server is gone, whoever ended it. The returned function ends the watch. */
  watch(onDeath: () => void): () => void;
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly folder: string;
  readonly logger: Logger;
  /** Server settings beside the usual ones, such as `{ fsync: "off" }` in tests. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** The server that runs on this folder, or null. */
export async function findEmbeddedServer(folder: string): Promise<EmbeddedServer | null> {
  const data = await realpath(join(folder, "data")).catch(() => null);
  const pgdata = data && join(data, "pgdata");
  const postmaster = pgdata && readPostmaster(pgdata);
  return postmaster ? server(await waitUntilReady(folder, pgdata, postmaster.pid), await serverPassword(folder)) : null;
}

/**
 * Starts the folder's server, which must not run; makes the database at the first start (about a second, later a tenth of one).
 * The caller keeps others from doing the same at once. Throws failed_precondition with the reason when it does not come up.
 */
export async function startEmbeddedServer(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const { folder, logger } = options;
  await mkdir(folder, { recursive: true });
  const account = (await ownerOfData(folder)) ?? (await postgresAccount());
  const [binaries, data, password] = [await postgresBinaries(account), await dataFolder(folder, account, logger), await serverPassword(folder)];
  const pgdata = join(data, "pgdata");
  if (!(await exists(pgdata))) await initialise(binaries, data, password, account);
  if (pidWasReused(pgdata)) await rm(join(pgdata, "postmaster.pid"));
  const port = await choosePort(folder);
  const args = ["-D", pgdata, "-p", String(port), ...flags(options.settings)];
  const begin = async () => waitUntilReady(folder, pgdata, await launch(join(binaries, "bin", "postgres"), args, folder, account));
  return server(await retryWhileUnavailable(begin, { sleep: async (ms) => sleep(ms), attemptsMax: 20 }), password);
}

/** For root, a database that exists stays with whom it belongs to, be it `postgres`, an ordinary user or an account of another image. */
async function ownerOfData(folder: string): Promise<PostgresAccount | null> {
  const owner = process.getuid?.() === 0 ? await stat(join(folder, "data", "pgdata")).catch(() => null) : null;
  return owner && owner.uid !== 0 ? { uid: owner.uid, gid: owner.gid } : null;
}

function flags(extra: Readonly<Record<string, string>> = {}): string[] {
  return Object.entries({ ...SETTINGS, ...extra }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Into a folder beside, then renamed: a start that is killed half way leaves nothing that looks like a database. */
async function initialise(binaries: string, data: string, password: string, account: PostgresAccount | null): Promise<void> {
  const half = join(data, "pgdata.new");
  const passwordFile = join(data, "password.new");
  await rm(half, { recursive: true, force: true });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (account) await chown(passwordFile, account.uid, account.gid);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  try {
    await promisify(execFile)(
      join(binaries, "bin", "initdb"),
      ["-D", half, "-U", USER, `--pwfile=${passwordFile}`, "--auth=scram-sha-256", "--no-instructions", ...locale],
      { ...account, cwd: "/", env: CLEAN_ENVIRONMENT },
    );
  } catch (error) {
    throw new LarderError(
      "failed_precondition",
      `PostgreSQL could not make its database in ${data}: ${lastLine((error as { stderr?: string }).stderr ?? "")}`,
      { cause: error },
    );
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(half, join(data, "pgdata"));
}

async function launch(program: string, args: readonly string[], folder: string, account: PostgresAccount | null): Promise<number> {
  const logPath = join(folder, "postgres.log");
  if (((await stat(logPath).catch(() => null))?.size ?? 0) > LOG_BYTES_MAX) await rename(logPath, `${logPath}.1`);
  const log = await open(logPath, "a", 0o600);
  try {
    const child = spawn(program, args, {
      ...account,
      cwd: "/",
      detached: true,
      stdio: ["ignore", log.fd, log.fd],
      env: CLEAN_ENVIRONMENT,
    });
    child.unref();
    return await new Promise((resolve, reject) => {
      child.once("spawn", () => resolve(child.pid ?? 0));
      child.once("error", reject);
    });
  } finally {
    await log.close();
  }
}

async function waitUntilReady(folder: string, pgdata: string, pid: number): Promise<{ pid: number; port: number }> {
  for (const giveUpAt = Date.now() + 60_000; Date.now() < giveUpAt; await sleep(10)) {
    const postmaster = readPostmaster(pgdata);
    if (postmaster?.pid === pid && postmaster.ready) return postmaster;
    if (!isAlive(pid)) break;
  }
  const log = join(folder, "postgres.log");
  const said = lastLine(await readFile(log, "utf8").catch(() => ""));
  // the last processes of a server that was killed take a moment to go
  const retryable = /shared memory block/.test(said);
  throw new LarderError("failed_precondition", `The embedded PostgreSQL did not start: ${said}`, { hint: `Its log is ${log}.`, retryable });
}

function lastLine(text: string): string {
  const lines = text.trim().split("\n");
  return (lines.findLast((line) => /FATAL|PANIC|error:/.test(line)) ?? lines.at(-1) ?? "").trim() || "it said nothing";
}

async function choosePort(folder: string): Promise<number> {
  const path = join(folder, "port");
  const last = Number(await readFile(path, "utf8").catch(() => "0"));
  const port = (last > 0 ? await freePort(last) : null) ?? (await freePort(0));
  if (port === null) throw new LarderError("failed_precondition", "There is no free port on 127.0.0.1 for the embedded PostgreSQL.");
  if (port !== last) await writeFile(path, String(port));
  return port;
}

/** The port, or any free one for 0; null when it is taken. */
function freePort(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(null));
    probe.listen(port, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : null));
    });
  });
}

function server({ pid, port }: { pid: number; port: number }, password: string): EmbeddedServer {
  return {
    url: `postgresql://${USER}:${password}@127.0.0.1:${port}/postgres`,
    pid,
    watch(onDeath) {
      const timer = setInterval(() => {
        if (isAlive(pid)) return;
        clearInterval(timer);
        onDeath();
      }, 250).unref();
      return () => clearInterval(timer);
    },
    stop: () => stopPostmaster(pid),
  };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
