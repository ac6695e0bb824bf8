import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLogger } from "../../kit/index.ts";
import { withDatabase, withFolder } from "../../testing/world.ts";
import { migrateDatabase } from "./migrate.ts";

let database: Awaited<ReturnType<typeof withDatabase>>;
let folder: Awaited<ReturnType<typeof withFolder>>;
const migrate = () => migrateDatabase({ url: database.url, folder: folder.path, logger: silentLogger });

beforeEach(async () => {
  [database, folder] = await Promise.all([withDatabase(), withFolder()]);
  await query("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
  await write("1_init", "CREATE TABLE fruit (name TEXT PRIMARY KEY);");
  await write("2_rows", "INSERT INTO fruit VALUES ('quince');\nINSERT INTO fruit VALUES ('medlar');");
});
afterEach(async () => {
  await Promise.all([database.dispose(), folder.dispose()]);
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder.path, name), { recursive: true });
  await writeFile(join(folder.path, name, "migration.sql"), sql);
}

async function query(sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(database.url);
  await client.connect();
  const result = await client.query(sql).finally(() => client.end());
  return result.rows ?? [];
}

const fruit = async () => (await query("SELECT name FROM fruit ORDER BY name")).map((row) => row.name);

test("applies every folder once and records it as Prisma does", async () => {
  expect(await migrate()).toEqual(["1_init", "2_rows"]);
  expect(await fruit()).toEqual(["medlar", "quince"]);
  expect(await migrate()).toEqual([]);
  const rows = await query(
    `SELECT migration_name, length(checksum) AS sum, applied_steps_count AS steps, finished_at >= started_at AS done FROM "_prisma_migrations" ORDER BY 1`,
  );
  expect(rows).toEqual(["1_init", "2_rows"].map((name) => ({ migration_name: name, sum: 64, steps: 1, done: true })));
});

test("several at once apply each folder once", async () => {
  const applied = await Promise.all([migrate(), migrate(), migrate(), migrate()]);
  expect(applied.flat().sort()).toEqual(["1_init", "2_rows"]);
  expect(await fruit()).toEqual(["medlar", "quince"]);
});

test("a migration that fails leaves nothing of itself, and the ones before it stay", async () => {
  await write("3_bad", "INSERT INTO fruit VALUES ('sorb');\nINSERT INTO nowhere VALUES (1);");
  await expect(migrate()).rejects.toThrow(/3_bad failed and was rolled back: relation "nowhere" does not exist/);
  expect(await fruit()).toEqual(["medlar", "quince"]);
  await write("3_bad", "INSERT INTO fruit VALUES ('sorb');");
  expect(await migrate()).toEqual(["3_bad"]);
});

test("refuses a file that was edited after it was applied, before applying anything", async () => {
  await migrate();
  await write("2_rows", "INSERT INTO fruit VALUES ('apple');");
  await write("3_new", "INSERT INTO fruit VALUES ('sorb');");
  await expect(migrate()).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("2_rows was edited") });
  expect(await fruit()).toEqual(["medlar", "quince"]);
});

test("a server that is not there is unavailable, and the message keeps the password to itself", async () => {
  const failing = migrateDatabase({ url: "postgresql://me:secret@127.0.0.1:1/db", folder: folder.path, logger: silentLogger });
  await expect(failing).rejects.toMatchObject({ code: "unavailable", retryable: true, message: expect.not.stringContaining("secret") });
});
