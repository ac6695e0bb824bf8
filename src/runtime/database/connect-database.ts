import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { LarderError, type Logger } from "../../kit/index.ts";
import { type EmbeddedServer, findEmbeddedServer, startEmbeddedServer } from "./embedded-postgres.ts";
import { type FileLock, tryLockExclusive, tryLockShared, underFileLock } from "./file-lock.ts";

export interface OpenDatabaseOptions {
  /** A PostgreSQL of the team's own; wins over the embedded one. */
  readonly databaseUrl?: string | undefined;
  /** Larder's data folder; the embedded PostgreSQL lives in its `postgres` folder. */
  readonly home: string;
  readonly logger: Logger;
  /** Told when the embedded server died; it is being started again, at the same address. */
  readonly onServerDeath?: () => void;
  readonly settings?: Readonly<Record<string, string>>;
}

export interface OpenedDatabase {
  /** Holds a password: pass it through `redactUrl` before it is shown. */
  readonly url: string;
  readonly kind: "external" | "embedded";
  /** Whether this call brought the server up; false where it ran already, and for an external one. */
  readonly started: boolean;
  /** Leaves the database. The last process to leave an embedded server stops it. */
  stop(): Promise<void>;
}

/**
 * The database to work on. All processes that open one home share one embedded server: the first starts it, the last to leave stops it,
 * a server whose processes were all killed is stopped and started afresh, and one that dies is started again by whoever uses it.
 * Throws invalid_argument for a DATABASE_URL that is none, failed_precondition when the server cannot run here.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const { databaseUrl } = options;
  if (!databaseUrl) return openEmbedded(options);
  if (!/^postgres(ql)?:\/\//.test(databaseUrl)) {
    throw new LarderError("invalid_argument", "DATABASE_URL is not a PostgreSQL address.", {
      hint: "Write postgresql://user:password@host:5432/database, or unset it.",
    });
  }
  return { url: databaseUrl, kind: "external", started: false, stop: async () => {} };
}

async function openEmbedded(options: OpenDatabaseOptions): Promise<OpenedDatabase> {
  const folder = join(options.home, "postgres");
  const locks = { starting: join(folder, "starting"), inUse: join(folder, "in-use") };
  const start = () => startEmbeddedServer({ folder, logger: options.logger, settings: options.settings ?? {} });
  const opened = await sayWhoseFolder(
    folder,
    underFileLock(locks.starting, async () => {
      const running = await findEmbeddedServer(folder);
      const orphan = running && endUseIfLast(locks.inUse) ? running : null;
      if (orphan)
        options.logger.warn({ pid: orphan.pid }, "the embedded PostgreSQL was left behind by a process that was killed: stopping it and starting it again");
      await orphan?.stop();
      const server = running && !orphan ? running : await start();
      return { server, started: server !== running, use: holdUse(locks.inUse) };
    }),
  );
  const keeper = keepAlive(opened.server, options, () => underFileLock(locks.starting, async () => (await findEmbeddedServer(folder)) ?? start()));
  let left = false;
  const stop = async () => {
    if (left) return;
    left = true;
    const server = await keeper.end();
    await underFileLock(locks.starting, async () => {
      opened.use.release();
      if (endUseIfLast(locks.inUse)) await server.stop();
    });
  };
  return { url: opened.server.url, kind: "embedded", started: opened.started, stop };
}

async function sayWhoseFolder<T>(folder: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!["EACCES", "EPERM"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new LarderError("permission_denied", `${folder} belongs to another user: ${(error as Error).message}`, {
      hint: "Start Larder as the user who made it, or set LARDER_HOME to a folder of your own.",
      cause: error,
    });
  }
}

/** Under the starting lock nobody else changes who uses the server, so that the answer holds until that lock is released. */
function endUseIfLast(path: string): boolean {
  const alone = tryLockExclusive(path);
  alone?.release();
  return alone !== null;
}

function holdUse(path: string): FileLock {
  const use = tryLockShared(path);
  if (use === null) throw new LarderError("internal", `${path} is locked although the starting lock is held.`);
  return use;
}

/** Starts the server again whenever it dies, until ended; `end` gives the server of the moment. */
function keepAlive(first: EmbeddedServer, { logger, onServerDeath }: OpenDatabaseOptions, startAgain: () => Promise<EmbeddedServer>) {
  let server = first;
  let ended = false;
  let reviving: Promise<void> = Promise.resolve();
  const revive = async () => {
    for (let attempt = 1; !ended; attempt += 1) {
      try {
        server = await startAgain();
        if (server.url !== first.url) logger.error({}, "the embedded PostgreSQL came back on another port, because its own was taken: restart Larder");
        unwatch = server.watch(onDeath);
        return;
      } catch (error) {
        logger.error({ error, attempt }, "the embedded PostgreSQL does not start again yet");
        await sleep(Math.min(5_000, 250 * 2 ** attempt));
      }
    }
  };
  const onDeath = () => {
    logger.error({ pid: server.pid }, "the embedded PostgreSQL died: starting it again");
    onServerDeath?.();
    reviving = revive();
  };
  let unwatch = server.watch(onDeath);
  return {
    async end() {
      ended = true;
      await reviving;
      unwatch();
      return server;
    },
  };
}
