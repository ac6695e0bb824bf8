import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { LarderError, type Logger, redactUrl } from "../../kit/index.ts";

/*
 * Applies prisma/migrations as `prisma migrate deploy` would, without Prisma's downloaded engine: same lock, same table, same checksums,
 * so that either can go on where the other stopped. A folder is applied whole in one transaction or not at all.
 */

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), "../../../prisma/migrations");
const PRISMA_LOCK = 72707369;
const HISTORY = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
  logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/**
 * Brings the database up to this release; returns the names of what was applied, none when it is up to date. Two at once are fine.
 * Throws failed_precondition where history and files disagree (an edited file, a newer database, a half-applied migration), unavailable when the server is not there.
 */
export async function migrateDatabase(options: { url: string; logger: Logger; folder?: string }): Promise<readonly string[]> {
  const migrations = await readMigrations(options.folder ?? FOLDER);
  const client = await connect(options.url);
  try {
    await client.query("SELECT pg_advisory_lock($1)", [PRISMA_LOCK]);
    await client.query(HISTORY);
    const { rows } = await client.query<Applied>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
    );
    const pending = pendingMigrations(migrations, rows);
    for (const migration of pending) {
      await apply(client, migration);
      options.logger.info({ migration: migration.name }, "applied a database migration");
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end(); // gives the lock back
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: "larder migrate", connectionTimeoutMillis: 10_000 });
  client.on("error", () => {}); // the query in flight rejects with it; unheard it would end the process
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw new LarderError(
      "unavailable",
      `No connection to PostgreSQL at ${redactUrl(url)}: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`,
      {
        hint: "Check that it runs and that DATABASE_URL is right.",
        cause: error,
      },
    );
  }
}

/** What is still to be applied, in order, after holding the history against the files. */
export function pendingMigrations(migrations: readonly Migration[], history: readonly Applied[]): readonly Migration[] {
  const files = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const { migration_name: name, checksum, finished } of history) {
    const file = files.get(name);
    if (!file)
      throw refused(
        `The database knows the migration ${name}, this Larder does not.`,
        "The database belongs to a newer Larder: use that, or another database.",
      );
    if (!finished)
      throw refused(`The migration ${name} was begun by another tool and did not finish.`, "Mend it with `prisma migrate resolve`, then start again.");
    if (file.checksum !== checksum)
      throw refused(`The migration ${name} was edited after it was applied.`, "Restore the file as it was, and put the change into a new migration.");
  }
  const done = new Set(history.map((row) => row.migration_name));
  return migrations.filter((migration) => !done.has(migration.name));
}

function refused(message: string, hint: string): LarderError {
  return new LarderError("failed_precondition", message, { hint });
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
      [checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw new LarderError("failed_precondition", `The database migration ${name} failed and was rolled back: ${(error as Error).message}`, { cause: error });
  }
}
