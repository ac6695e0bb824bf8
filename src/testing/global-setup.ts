import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { silentLogger } from "../kit/index.ts";
import { openDatabase } from "../runtime/database/connect-database.ts";
import { migrateDatabase } from "../runtime/database/migrate.ts";
import { hasRedisServer } from "./redis-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A database of the shared server, from which suites make their own. */
    larderDatabaseUrl: string;
    larderTemplate: string;
  }
}

/** One PostgreSQL with a migrated template database for all integration suites of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  needRedis();
  const home = await mkdtemp(join(tmpdir(), "larder-itest-"));
  const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "200" };
  const database = await openDatabase({ databaseUrl: process.env.LARDER_TEST_DATABASE_URL, home, logger: silentLogger, settings });
  const template = `larder_template_${process.pid}`;
  await query(database.url, `CREATE DATABASE ${template}`);
  if (existsSync(new URL("../../prisma/migrations", import.meta.url))) {
    const url = new URL(database.url);
    url.pathname = template;
    await migrateDatabase({ url: url.href, logger: silentLogger });
  }
  project.provide("larderDatabaseUrl", database.url);
  project.provide("larderTemplate", template);
  return async () => {
    await query(database.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await database.stop();
    await rm(home, { recursive: true, force: true });
  };
}

/** Suites on Redis start servers of their own; without the program they skip, which CI does not accept. */
function needRedis(): void {
  if (hasRedisServer()) return;
  if (process.env.CI) throw new Error("CI skips nothing: install redis-server.");
  process.stderr.write("integration: redis-server is not installed, so every suite on Redis is skipped (apt-get install redis-server)\n");
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
