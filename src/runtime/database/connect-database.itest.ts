import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLogger } from "../../kit/index.ts";
import { withFolder } from "../../testing/world.ts";
import { openDatabase } from "./connect-database.ts";
import { isAlive, readPostmaster } from "./postmaster.ts";

let folder: Awaited<ReturnType<typeof withFolder>>;
const children: ChildProcess[] = [];
beforeEach(async () => {
  folder = await withFolder();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const home of [folder.path, join(folder.path, "home")]) {
    const pid = await serverPid(home);
    if (pid) process.kill(pid, "SIGQUIT");
    if (pid) await vi.waitFor(() => expect(isAlive(pid)).toBe(false), 10_000);
  }
  await folder.dispose();
});

const open = (extra: object = {}) => openDatabase({ home: folder.path, logger: silentLogger, ...extra });

async function serverPid(home = folder.path): Promise<number | null> {
  const data = await realpath(join(home, "postgres", "data")).catch(() => null);
  return data === null ? null : (readPostmaster(join(data, "pgdata"))?.pid ?? null);
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  client.on("error", () => {});
  await client.connect();
  const { rows } = await client.query(sql).finally(() => client.end());
  return rows?.[0] && Object.values(rows[0])[0];
}

/** Another process that opens the home, tells the address, and leaves when its input ends. */
async function openInAnotherProcess(): Promise<{ url: string; started: boolean; child: ChildProcess; leave: () => Promise<void> }> {
  const script = `
    import { openDatabase } from ${JSON.stringify(new URL("./connect-database.ts", import.meta.url).href)};
    const logger = { debug() {}, info() {}, warn() {}, error() {} };
    const database = await openDatabase({ home: process.env.HOME_FOLDER, logger });
    process.stdout.write(JSON.stringify({ url: database.url, started: database.started }) + "\\n");
    process.stdin.resume().once("end", () => database.stop());`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    env: { ...process.env, HOME_FOLDER: folder.path },
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const leave = async () => {
    child.stdin.end();
    await once(child, "exit");
  };
  return { ...(JSON.parse(line) as { url: string; started: boolean }), child, leave };
}

test("keeps what was written, its address and its password over a stop, and leaves no process", async () => {
  const first = await open();
  await ask(first.url, "CREATE TABLE kept AS SELECT 42 AS n");
  const pid = await serverPid();
  await first.stop();
  expect(pid && isAlive(pid)).toBe(false);
  const second = await open();
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, "SELECT n FROM kept")).toBe(42);
  await second.stop();
});

test("several starting at once get one server; the last to leave stops it", async () => {
  const [here, one, two] = await Promise.all([open(), openInAnotherProcess(), openInAnotherProcess()]);
  expect(new Set([here.url, one.url, two.url]).size).toBe(1);
  expect([here.started, one.started, two.started].filter(Boolean)).toHaveLength(1);
  await here.stop();
  await one.leave();
  expect(await ask(two.url, "SELECT 1")).toBe(1);
  const pid = await serverPid();
  await two.leave();
  expect(pid && isAlive(pid)).toBe(false);
});

test("a user that was killed does not keep the server, and one that lives does", async () => {
  const killed = await openInAnotherProcess();
  const here = await open();
  killed.child.kill("SIGKILL");
  await once(killed.child, "exit");
  expect(await ask(here.url, "SELECT 1")).toBe(1);
  await here.stop();
  expect(await serverPid()).toBeNull();
});

test("a server whose only user was killed is replaced at the next start, with all its data", async () => {
  const killed = await openInAnotherProcess();
  await ask(killed.url, "CREATE TABLE kept AS SELECT 42 AS n");
  const left = await serverPid();
  killed.child.kill("SIGKILL");
  await once(killed.child, "exit");
  const again = await open();
  expect(again.started).toBe(true);
  expect(await serverPid()).not.toBe(left);
  expect(await ask(again.url, "SELECT n FROM kept")).toBe(42);
  await again.stop();
});

test("a server that dies is started again at the same address", async () => {
  const onServerDeath = vi.fn();
  const database = await open({ onServerDeath });
  await ask(database.url, "CREATE TABLE kept AS SELECT 42 AS n");
  const pid = await serverPid();
  if (pid) process.kill(pid, "SIGKILL");
  await vi.waitFor(async () => expect(await ask(database.url, "SELECT n FROM kept")).toBe(42), { timeout: 20_000, interval: 50 });
  expect(onServerDeath).toHaveBeenCalledTimes(1);
  await database.stop();
  expect(await serverPid()).toBeNull();
});

test("a first start that was killed half way, a number given to another program and a taken port are no obstacle", async () => {
  const first = await open();
  await first.stop();
  const pgdata = join(folder.path, "postgres", "data", "pgdata");
  await mkdir(`${pgdata}.new`);
  await writeFile(join(pgdata, "postmaster.pid"), `${process.pid}\n${pgdata}\n1\n1\n\n127.0.0.1\n\nready\n`);
  const port = Number(await readFile(join(folder.path, "postgres", "port"), "utf8"));
  const squatter = createServer().listen(port, "127.0.0.1");
  await once(squatter, "listening");
  const second = await open();
  expect(new URL(second.url).port).not.toBe(String(port));
  expect(await ask(second.url, "SELECT 1")).toBe(1);
  await second.stop();
  squatter.close();
});

test.skipIf(process.getuid?.() !== 0)("as root under a folder that the user postgres may not enter, the data goes elsewhere and the log says so", async () => {
  await chmod(folder.path, 0o700);
  const home = join(folder.path, "home");
  const warn = vi.fn();
  const database = await open({ home, logger: { ...silentLogger, warn } });
  const data = await realpath(join(home, "postgres", "data"));
  expect(await ask(database.url, "SELECT 1")).toBe(1);
  expect(data).toMatch(/^\/var\/lib\/larder\/data-/);
  expect(warn).toHaveBeenCalledWith(expect.objectContaining({ blocked: folder.path, data }), expect.any(String));
  await database.stop();
  await rm(data, { recursive: true });
});

test("DATABASE_URL wins, starts nothing, and must be an address", async () => {
  const database = await open({ databaseUrl: "postgresql://me@elsewhere/db" });
  expect(database).toMatchObject({ url: "postgresql://me@elsewhere/db", kind: "external", started: false });
  await database.stop();
  expect(await serverPid()).toBeNull();
  await expect(open({ databaseUrl: "mysql://elsewhere/db" })).rejects.toThrow(/not a PostgreSQL address/);
});
