import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { silentLogger } from "../kit/index.ts";
import { openDatabase } from "../runtime/database/connect-database.ts";
import { migrateDatabase } from "../runtime/database/migrate.ts";
import { hasRedisServer, startRedis } from "./redis-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A database of the shared server, from which suites make their own. */
    larderDatabaseUrl: string;
    larderTemplate: string;
    larderRedisUrl: string | null;
  }
}

/** One PostgreSQL with a migrated template database and one Redis for all integration suites of a run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
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
  const redis = await sharedRedis();
  project.provide("larderDatabaseUrl", database.url);
  project.provide("larderTemplate", template);
  project.provide("larderRedisUrl", redis.url);
  return async () => {
    await redis.stop();
    await query(database.url, `DROP DATABASE ${template} WITH (FORCE)`);
    await database.stop();
    await rm(home, { recursive: true, force: true });
  };
}

/** LARDER_TEST_REDIS_URL, else a server of our own; without either the suites on Redis skip, which CI does not accept. */
async function sharedRedis(): Promise<{ url: string | null; stop: () => Promise<void> }> {
  if (process.env.LARDER_TEST_REDIS_URL) return { url: process.env.LARDER_TEST_REDIS_URL, stop: async () => {} };
  if (hasRedisServer()) return startRedis();
  if (process.env.CI) throw new Error("CI skips nothing: install redis-server, or set LARDER_TEST_REDIS_URL.");
  process.stderr.write(
    "integration: redis-server is not installed, so every suite on Redis is skipped (apt-get install redis-server, or LARDER_TEST_REDIS_URL)\n",
  );
  return { url: null, stop: async () => {} };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
