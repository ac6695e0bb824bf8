import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { withFolder } from "../../testing/world.ts";
import { toPackedBatch } from "../packed-batch.ts";
import type { OnlineStore, PackedBatch } from "../port.ts";
import { sqliteOnlineStore } from "./sqlite.ts";

const space = { project: "p", version: "1" };

function rows(names: readonly string[], event: number): PackedBatch {
  const value = Buffer.alloc(60);
  value.writeBigInt64BE(BigInt(event));
  return toPackedBatch(names.map((name) => ({ key: Buffer.from(name), value })));
}

// A process that writes 50,000 rows again and again, newer each time, and says so after each.
const WRITER = `
  const [path, here] = process.argv.slice(1);
  const { sqliteOnlineStore } = await import(here + "/sqlite.ts");
  const { toPackedBatch } = await import(here + "/../packed-batch.ts");
  const store = sqliteOnlineStore({ path });
  for (let event = 1; event <= 8; event += 1) {
    const value = Buffer.alloc(60);
    value.writeBigInt64BE(BigInt(event));
    const names = Array.from({ length: 50_000 }, (_, index) => "bulk " + (index * 7919) % 50_000);
    await store.writeNewest({ project: "p", version: "1" }, toPackedBatch(names.map((name) => ({ key: Buffer.from(name), value }))));
    console.log(event);
  }
  await store.dispose();`;

describe("sqlite online store, shared and in trouble", () => {
  let folder: Awaited<ReturnType<typeof withFolder>>;
  let path: string;
  let store: OnlineStore;
  beforeEach(async () => {
    folder = await withFolder();
    path = join(folder.path, "online.db");
    store = sqliteOnlineStore({ path, lockWaitMs: 10_000 });
  });
  afterEach(async () => {
    await store.dispose();
    await folder.dispose();
  });

  it("lets reads and pushes through while another process writes without pause", async () => {
    const writer = spawn(process.execPath, ["--input-type=module", "-e", WRITER, path, import.meta.dirname], { stdio: ["ignore", "pipe", "inherit"] });
    await once(writer.stdout, "data"); // it has written once
    const exited = once(writer, "exit");
    const waits: number[] = [];
    for (let pushed = 1; writer.exitCode === null; pushed += 1) {
      const started = performance.now();
      expect(await store.writeNewest(space, rows(["pushed"], pushed))).toMatchObject({ written: 1 });
      const [found] = await store.read([{ space, keys: [Buffer.from("pushed"), Buffer.from("bulk 1")] }]);
      expect(found?.map((row) => (row === null ? null : Buffer.from(row).readBigInt64BE() > 0n))).toEqual([true, true]);
      waits.push(performance.now() - started);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(await exited).toEqual([0, null]);
    expect(waits.length).toBeGreaterThan(10); // it came through again and again, not once at the end
    expect(await store.count(space)).toMatchObject({ keys: 50_001, exact: true });
    const [found] = await store.read([{ space, keys: [Buffer.from("bulk 1")] }]);
    expect(Buffer.from(found?.[0] ?? "").readBigInt64BE()).toBe(8n);
  });

  it("gives up on a lock that is never released, and says why", async () => {
    const impatient = sqliteOnlineStore({ path, lockWaitMs: 100 });
    await impatient.ping();
    const holder = new DatabaseSync(path);
    holder.exec("BEGIN IMMEDIATE");
    await expect(impatient.writeNewest(space, rows(["a"], 1))).rejects.toMatchObject({
      code: "unavailable",
      retryable: true,
      message: expect.stringContaining("locked"),
    });
    await expect(impatient.read([{ space, keys: [Buffer.from("a")] }])).resolves.toEqual([[null]]);
    holder.exec("COMMIT");
    holder.close();
    expect(await impatient.writeNewest(space, rows(["a"], 1))).toMatchObject({ written: 1 });
    await impatient.dispose();
  });

  it("leaves a batch that was cut short as whole rows, and completes it when it is written again", async () => {
    const names = Array.from({ length: 200_000 }, (_, index) => `key ${index}`);
    const short = sqliteOnlineStore({ path });
    const writing = short.writeNewest(space, rows(names, 1));
    while ((await store.count(space)).keys === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await short.dispose();
    await expect(writing).rejects.toMatchObject({ code: "failed_precondition" });
    const { keys } = await store.count(space);
    expect(keys).toBeLessThan(names.length);
    expect(await store.writeNewest(space, rows(names, 1))).toEqual({
      written: names.length - keys,
      created: names.length - keys,
      unchanged: keys,
      skippedOlder: 0,
    });
  });

  it.each([
    ["a folder stands in its place", (at: string) => mkdir(at), "cannot be opened"],
    ["it is no database", (at: string) => writeFile(at, "driver_id,trips\n".repeat(100)), "is no SQLite database"],
  ])("says what is wrong when %s", async (_, spoil, says) => {
    await spoil(path);
    await expect(store.ping()).rejects.toMatchObject({ code: "unavailable", retryable: false, message: `The online store ${path} ${says}.` });
  });

  it("says what is wrong when a file stands where its folder should be", async () => {
    await writeFile(path, "");
    await expect(sqliteOnlineStore({ path: join(path, "online.db") }).ping()).rejects.toMatchObject({ code: "unavailable", retryable: false });
  });

  it("says what is wrong when it may not write", async () => {
    await store.ping();
    await store.dispose();
    await chmod(path, 0o444);
    await chmod(dirname(path), 0o755);
    const asNobody = process.getuid?.() === 0; // root may write everywhere
    if (asNobody) process.seteuid?.(65_534);
    try {
      await expect(sqliteOnlineStore({ path }).writeNewest(space, rows(["a"], 1))).rejects.toMatchObject({ code: "unavailable", retryable: false });
    } finally {
      if (asNobody) process.seteuid?.(0);
    }
  });

  it("refuses a file of a newer release", async () => {
    const newer = new DatabaseSync(path);
    newer.exec("PRAGMA user_version = 99");
    newer.close();
    await expect(store.ping()).rejects.toMatchObject({ code: "failed_precondition", message: expect.stringContaining("newer release") });
  });
});
