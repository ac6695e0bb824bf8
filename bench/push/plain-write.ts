import { DatabaseSync } from "node:sqlite";
import { Redis } from "ioredis";
import { type BareConfig, driverKey, redisKey } from "../bare/stored-rows.ts";

/** Writes rows of these drivers over whatever is there. */
export type PlainWrite = (ids: readonly number[], rows: readonly Buffer[]) => Promise<void>;

export function openStore({ store, project }: BareConfig, version: string): PlainWrite {
  return store.type === "redis" ? redisWrite(store.address, project, version) : sqliteWrite(store.address, project, version);
}

/** One pipeline of SETs. */
function redisWrite(address: string, project: string, version: string): PlainWrite {
  const redis = new Redis(address);
  return async (ids, rows) => {
    const pipeline = redis.pipeline();
    for (const [index, id] of ids.entries()) pipeline.set(redisKey(project, version, id), rows[index] ?? "");
    await pipeline.exec();
  };
}

/** One transaction of INSERT OR REPLACE, in tables and with settings as Larder has them. */
function sqliteWrite(path: string, project: string, version: string): PlainWrite {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE spaces (id INTEGER PRIMARY KEY, project TEXT NOT NULL, version TEXT NOT NULL) STRICT;
    CREATE TABLE online_rows (space INTEGER NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY (space, key)) STRICT, WITHOUT ROWID;`);
  database.prepare("INSERT INTO spaces VALUES (1, ?, ?)").run(project, version);
  const replace = database.prepare("INSERT OR REPLACE INTO online_rows VALUES (1, ?, ?)");
  return async (ids, rows) => {
    database.exec("BEGIN IMMEDIATE");
    for (const [index, id] of ids.entries()) replace.run(driverKey(id), rows[index] ?? null);
    database.exec("COMMIT");
  };
}
