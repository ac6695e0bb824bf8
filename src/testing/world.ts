import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type {} from "./global-setup.ts";

/** Something a suite owns and gives back: `const database = await withDatabase()`, then `afterAll(database.dispose)`. */
interface Owned {
  readonly dispose: () => Promise<void>;
}

/** A fresh, migrated database of this suite alone on the run's shared PostgreSQL. Integration suites only (`*.itest.ts`). */
export async function withDatabase(): Promise<Owned & { readonly url: string }> {
  const shared = inject("larderDatabaseUrl");
  const name = `larder_${randomBytes(6).toString("hex")}`;
  await query(shared, `CREATE DATABASE ${name} TEMPLATE ${inject("larderTemplate")}`);
  const url = new URL(shared);
  url.pathname = name;
  return { url: url.href, dispose: () => query(shared, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A name no other suite has, fit for key prefixes, projects, schemas and topics: letters and digits, starting with a letter. */
export function uniqueName(prefix = "t"): string {
  return `${prefix}${randomBytes(6).toString("hex")}`;
}

/** A folder of this suite alone. */
export async function withFolder(): Promise<Owned & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "larder-test-"));
  return { path, dispose: () => rm(path, { recursive: true, force: true }) };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  client.on("error", () => {}); // the query rejects with the same
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
