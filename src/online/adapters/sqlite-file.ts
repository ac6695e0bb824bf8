import { mkdirSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { LarderError } from "../../kit/index.ts";
import { isBusy, sqliteUnavailable } from "./sqlite-errors.ts";

/*
 * One SQLite file shared by several processes: serve reads and takes pushes, a worker writes. SQLite lets one process write at a time,
 * and its own way of waiting would stop this process, so a lock held elsewhere is waited for here.
 */

const SCHEMA_VERSION = 1;
/** Whether the file is still there is asked this often by reads: asking costs as much as reading a row. */
const LOOK_MS = 10;

// WAL: readers and the writer do not wait for each other. synchronous NORMAL: a crash of a process loses nothing, a power cut may lose
// the last commits, never the order. The table is the index: a row is found in one descent.
const SETTINGS = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA cache_size = -32768;
PRAGMA mmap_size = 268435456;
PRAGMA wal_autocheckpoint = 4000;
PRAGMA journal_size_limit = 67108864;`;

const SCHEMA = `
CREATE TABLE IF NOT EXISTS spaces (id INTEGER PRIMARY KEY, project TEXT NOT NULL, version TEXT NOT NULL, row_count INTEGER NOT NULL DEFAULT 0, UNIQUE (project, version)) STRICT;
CREATE TABLE IF NOT EXISTS online_rows (space INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS epochs (project TEXT PRIMARY KEY, epoch TEXT NOT NULL) STRICT, WITHOUT ROWID;
PRAGMA user_version = ${SCHEMA_VERSION};`;

export interface SqliteOptions {
  /** A file, made with its folder at the first use. */
  readonly path: string;
  /** How long to wait while another process writes; default 5 s. */
  readonly lockWaitMs?: number;
}

/** An open file, with what was prepared on it. */
export interface OpenFile {
  /** The statement of this text, prepared once; rows come as arrays of columns. */
  statement(sql: string): StatementSync;
  /** Runs `work` in one transaction: committed when it returns, rolled back when it throws. */
  transact<T>(kind: "read" | "write", work: () => T): T;
  /** Ids of spaces that were looked up in this file. */
  readonly spaceIds: Map<string, number>;
}

export interface SqliteFile {
  readonly path: string;
  /** Runs `work` on the file, opened at first use, and anew when it was replaced; again while another process holds the lock. */
  use<T>(work: (file: OpenFile) => T): Promise<T>;
  /** As `use`, for work that only reads: that the file was replaced is seen within LOOK_MS. */
  look<T>(work: (file: OpenFile) => T): Promise<T>;
  dispose(): Promise<void>;
}

interface Opened extends OpenFile {
  readonly inode: number;
  close(): void;
}

export function sqliteFile(options: SqliteOptions): SqliteFile {
  const path = resolve(options.path);
  const { lockWaitMs = 5_000 } = options;
  let opened: Opened | null = null;
  let isDisposed = false;
  let lookedAt = Number.NEGATIVE_INFINITY;

  function current(ageMsMax: number): OpenFile {
    if (isDisposed) throw new LarderError("failed_precondition", `The online store ${path} is closed.`);
    const now = performance.now();
    if (opened !== null && now - lookedAt < ageMsMax) return opened;
    lookedAt = now;
    if (opened !== null && statSync(path, { throwIfNoEntry: false })?.ino !== opened.inode) {
      opened.close(); // someone deleted or replaced the file: what was in it is gone for everyone else
      opened = null;
    }
    opened ??= open(path);
    return opened;
  }

  async function run<T>(work: (file: OpenFile) => T, ageMsMax: number): Promise<T> {
    const giveUpAt = performance.now() + lockWaitMs;
    for (;;) {
      try {
        return work(current(ageMsMax));
      } catch (error) {
        if (!isBusy(error) || performance.now() > giveUpAt) throw sqliteUnavailable(error, path);
      }
      await sleep(1); // shorter than the pause that a writer makes between its transactions
    }
  }

  return {
    path,
    use: (work) => run(work, 0),
    look: (work) => run(work, LOOK_MS),
    async dispose() {
      isDisposed = true;
      opened?.close();
      opened = null;
    },
  };
}

function open(path: string): Opened {
  mkdirSync(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 0 });
  const statements = new Map<string, StatementSync>();
  function transact<T>(kind: "read" | "write", work: () => T): T {
    database.exec(kind === "write" ? "BEGIN IMMEDIATE" : "BEGIN");
    try {
      const result = work();
      database.exec("COMMIT");
      return result;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }
  try {
    database.exec(SETTINGS);
    migrate(database, { path, transact });
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    inode: statSync(path).ino,
    spaceIds: new Map(),
    transact,
    statement(sql) {
      const known = statements.get(sql);
      if (known) return known;
      const prepared = database.prepare(sql);
      prepared.setReturnArrays(true);
      statements.set(sql, prepared);
      return prepared;
    },
    close: () => database.close(),
  };
}

function migrate(database: DatabaseSync, { path, transact }: Pick<OpenFile, "transact"> & { readonly path: string }): void {
  const version = Number(database.prepare("PRAGMA user_version").get()?.user_version ?? 0);
  if (version > SCHEMA_VERSION) {
    throw new LarderError("failed_precondition", `The online store ${path} was made by a newer release of Larder.`, {
      hint: "Run that release, or move the file away and materialize again.",
    });
  }
  if (version < SCHEMA_VERSION) transact("write", () => database.exec(SCHEMA));
}
