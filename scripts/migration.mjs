// npm run db:migration -- name: writes the next folder of prisma/migrations by comparing schema.prisma with the copy in the newest folder; no database is asked.
// A rename comes out as drop + add: edit such a migration.sql by hand before it is applied anywhere. --check fails when schema.prisma has moved on.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { isMain, root, say } from "./project.mjs";

const SCHEMA = join(root, "prisma/schema.prisma");
const MIGRATIONS = join(root, "prisma/migrations");

/** The newest migration folder, or null before the first. */
function newestFolder() {
  const folders = existsSync(MIGRATIONS) ? readdirSync(MIGRATIONS, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];
  const name = folders
    .map((entry) => entry.name)
    .sort()
    .at(-1);
  return name ? join(MIGRATIONS, name) : null;
}

/** The SQL that leads from one schema text (null: an empty database) to another. */
export async function diffSchemas(previous, next) {
  const { SchemaEngine } = await import("@prisma/schema-engine-wasm");
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(databaseNobodyAsks));
  const schema = (content) => ({ tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }], configDir: "." });
  const from = previous === null ? { tag: "empty" } : schema(previous);
  const { stdout } = await engine.diff({ from, to: schema(next), script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] } });
  if (stdout.startsWith("-- This is an empty migration")) return "";
  return stdout.replace(/^-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "public";\n+/, ""); // it is there, and asking needs rights on the whole database
}

// The engine insists on a connection and asks it one question, the server's version.
const none = () => Promise.reject(new Error("a diff asks no database"));
const names = { adapterName: "@prisma/adapter-pg", provider: "postgres" };
const version = { columnNames: ["exists", "version", "numeric_version"], columnTypes: [5, 7, 0], rows: [[true, "PostgreSQL 18.4", 180004]] };
const idle = {
  ...names,
  executeRaw: none,
  executeScript: none,
  startTransaction: none,
  dispose: async () => {},
  getConnectionInfo: () => ({ schemaName: "public", supportsRelationJoins: true }),
  queryRaw: async () => version,
};
const databaseNobodyAsks = { ...names, connect: async () => idle, connectToShadowDb: async () => idle };

async function writeMigration(name) {
  const newest = newestFolder();
  const sql = await diffSchemas(newest && readFileSync(join(newest, "schema.prisma"), "utf8"), readFileSync(SCHEMA, "utf8"));
  if (sql === "" && newest) {
    copyFileSync(SCHEMA, join(newest, "schema.prisma")); // comments may have changed
    return say("The database stays as it is: no migration written.");
  }
  const folder = join(MIGRATIONS, `${new Date().toISOString().replace(/\D/g, "").slice(0, 14)}_${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "migration.sql"), sql);
  copyFileSync(SCHEMA, join(folder, "schema.prisma"));
  writeFileSync(join(MIGRATIONS, "migration_lock.toml"), 'provider = "postgresql"\n');
  say(`Wrote ${folder}: read its migration.sql before you commit it.`);
}

function check() {
  const newest = newestFolder();
  if (newest && readFileSync(join(newest, "schema.prisma"), "utf8") === readFileSync(SCHEMA, "utf8")) return;
  say("prisma/schema.prisma has changed since the newest migration: run `npm run db:migration -- what_changed`.");
  process.exitCode = 1;
}

if (isMain(import.meta)) {
  const [argument] = process.argv.slice(2);
  if (argument === "--check") check();
  else if (/^[a-z][a-z0-9_]*$/.test(argument ?? "")) await writeMigration(argument);
  else {
    say("Name the migration in small letters, digits and underscores: npm run db:migration -- add_owner");
    process.exitCode = 2;
  }
}
