import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LarderError } from "../../kit/index.ts";
import { hasRedisServer, type RedisServer, startRedis } from "../../testing/redis-server.ts";
import { uniqueName } from "../../testing/world.ts";
import { toPackedBatch } from "../packed-batch.ts";
import type { OnlineStore, PackedBatch } from "../port.ts";
import { redisOnlineStore } from "./redis.ts";

const space = { project: uniqueName("p"), version: "1" };

/** Rows of plain bytes: 16 of times, then what may be anything to the store. */
function rows(count: number, event: number): PackedBatch {
  const entries = Array.from({ length: count }, (_, index) => {
    const value = Buffer.alloc(60);
    value.writeBigInt64BE(BigInt(event));
    return { key: Buffer.from(`key ${index}`), value };
  });
  return toPackedBatch(entries);
}

async function failureOf(work: Promise<unknown>): Promise<{ readonly error: LarderError; readonly seconds: number }> {
  const started = performance.now();
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof LarderError)) throw new Error(`expected a LarderError, got ${error}`);
  return { error, seconds: (performance.now() - started) / 1_000 };
}

async function eventually(work: () => Promise<unknown>, what: string): Promise<void> {
  const giveUpAt = Date.now() + 20_000;
  for (let last: unknown; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
    try {
      await work();
      return;
    } catch (error) {
      last = error;
    }
    if (Date.now() > giveUpAt) throw new Error(`${what}: ${last}`);
  }
}

describe.skipIf(!hasRedisServer())("redis online store in trouble", () => {
  let server: RedisServer;
  let store: OnlineStore;
  let admin: Redis;
  beforeEach(async () => {
    server = await startRedis();
    store = redisOnlineStore({ url: server.url });
    admin = new Redis(server.url, { lazyConnect: true });
    admin.on("error", () => {});
  });
  afterEach(async () => {
    admin.disconnect();
    await store.dispose();
    await server.stop();
  });

  it("fails soon while Redis is down, naming place and remedy, and works again when it is back", async () => {
    await store.writeNewest(space, rows(10, 1));
    await server.kill();
    const works = [
      () => store.read([{ space, keys: [Buffer.from("key 1")] }]),
      () => store.writeNewest(space, rows(1_000, 2)),
      () => store.epoch(space.project),
      () => store.count(space),
      () => store.drop([space]),
      () => store.ping(),
    ];
    for (const work of works) {
      const { error, seconds } = await failureOf(work());
      expect(error).toMatchObject({ code: "unavailable", retryable: true, message: expect.stringContaining(`127.0.0.1:${server.port}`) });
      expect(error.hint).toContain("REDIS_URL");
      expect(seconds).toBeLessThan(2.5);
    }
    await server.restart();
    await eventually(() => store.ping(), "ping after the restart");
    expect(await store.writeNewest(space, rows(10, 2))).toMatchObject({ written: 10 });
  });

  it("fails within its time when Redis is silent, and works again when it goes on", async () => {
    await store.ping();
    const pid = Number((await admin.info("server")).match(/process_id:(\d+)/)?.[1]);
    process.kill(pid, "SIGSTOP");
    try {
      const { error, seconds } = await failureOf(store.read([{ space, keys: [Buffer.from("key 1")] }]));
      expect(error).toMatchObject({ code: "unavailable", message: expect.stringContaining("does not answer") });
      expect(seconds).toBeLessThan(2.5);
      const fresh = redisOnlineStore({ url: server.url });
      expect((await failureOf(fresh.ping())).seconds).toBeLessThan(2.5);
      await fresh.dispose();
    } finally {
      process.kill(pid, "SIGCONT");
    }
    await eventually(() => store.ping(), "ping after it went on");
    expect(await store.writeNewest(space, rows(10, 2))).toMatchObject({ written: 10 });
  });

  it("fails the write that a crash interrupts, and leaves nothing wrong behind: writing again completes it", async () => {
    const batch = rows(100_000, 1);
    await store.ping();
    const writing = failureOf(store.writeNewest(space, batch));
    await eventually(async () => expect(await admin.dbsize()).toBeGreaterThan(100), "some rows there");
    await server.kill();
    expect((await writing).error).toMatchObject({ code: "unavailable", retryable: true });
    await server.restart();
    await eventually(() => store.writeNewest(space, batch), "the same batch again");
    expect(await store.count(space)).toMatchObject({ keys: 100_000 });
  });

  it("takes a new epoch when Redis comes back without writes that it had taken", async () => {
    const first = await store.epoch(space.project);
    await store.writeNewest(space, rows(10, 1));
    await admin.save();
    await store.writeNewest(space, rows(10, 2));
    await server.kill();
    await server.restart();
    await eventually(() => store.ping(), "ping after the restart");
    const second = await store.epoch(space.project);
    expect(second).toMatchObject({ isNew: true });
    expect(second.epoch).not.toBe(first.epoch);
    expect(await store.epoch(space.project)).toEqual({ epoch: second.epoch, isNew: false });
  });

  it("takes one new epoch for a flush, however many writes it had seen before", async () => {
    const first = await store.epoch(space.project);
    await store.writeNewest(space, rows(1_000, 1));
    await admin.flushall();
    const second = await store.epoch(space.project);
    expect(second).toMatchObject({ isNew: true });
    expect(second.epoch).not.toBe(first.epoch);
    await store.writeNewest(space, rows(10, 2));
    expect(await store.epoch(space.project)).toEqual({ epoch: second.epoch, isNew: false });
  });

  it("keeps its epoch while it is asked for in the middle of writes", async () => {
    const first = await store.epoch(space.project);
    await store.writeNewest(space, rows(1_000, 1));
    let isWriting = true;
    const writing = store.writeNewest(space, rows(100_000, 2)).finally(() => {
      isWriting = false;
    });
    const asking: Promise<{ epoch: string }>[] = [];
    while (isWriting) {
      asking.push(store.epoch(space.project));
      await new Promise((resolve) => setImmediate(resolve));
      for (const until = performance.now() + 2; performance.now() < until; ); // a busy process finds many answers at once
    }
    await writing;
    expect(new Set((await Promise.all(asking)).map(({ epoch }) => epoch))).toEqual(new Set([first.epoch]));
  });

  it("keeps its epoch when Redis comes back with all that it had taken", async () => {
    const first = await store.epoch(space.project);
    await store.writeNewest(space, rows(10, 1));
    await admin.save();
    await server.kill();
    await server.restart();
    await eventually(() => store.ping(), "ping after the restart");
    expect(await store.epoch(space.project)).toEqual({ epoch: first.epoch, isNew: false });
  });

  it("says that Redis is full, read-only, or loading", async () => {
    await store.writeNewest(space, rows(10, 1));
    await admin.config("SET", "maxmemory", "1");
    expect((await failureOf(store.writeNewest(space, rows(10, 2)))).error).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("out of memory"),
    });
    await admin.config("SET", "maxmemory", "0");
    await admin.config("SET", "min-replicas-to-write", "1");
    expect((await failureOf(store.writeNewest(space, rows(10, 2)))).error).toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("takes no writes"),
    });
    await admin.config("SET", "min-replicas-to-write", "0");
    await admin.replicaof("127.0.0.1", server.port + 1);
    expect((await failureOf(store.writeNewest(space, rows(10, 2)))).error).toMatchObject({ code: "unavailable", message: expect.stringContaining("replica") });
    await admin.replicaof("NO", "ONE");
    await eventually(() => store.writeNewest(space, rows(10, 2)), "writes to the primary again");
  });

  it("says that the sign-in is refused, without the password, and that a retry does not help", async () => {
    await admin.config("SET", "requirepass", "secret-one");
    for (const url of [server.url, server.url.replace("redis://", "redis://:secret-two@")]) {
      const stranger = redisOnlineStore({ url });
      const { error } = await failureOf(stranger.ping());
      expect(error).toMatchObject({ code: "unavailable", retryable: false, message: expect.stringContaining("refuses the sign-in") });
      expect(`${error.message} ${error.hint} ${(error.cause as Error).message}`).not.toContain("secret");
      await stranger.dispose();
    }
    const friend = redisOnlineStore({ url: server.url.replace("redis://", "redis://:secret-one@") });
    await friend.ping();
    expect(friend.place).toBe(server.url);
    await friend.dispose();
  });

  it("opens no connection before it is used, and none after it is closed", async () => {
    const idle = redisOnlineStore({ url: server.url });
    await idle.dispose();
    expect((await failureOf(idle.ping())).error.code).toBe("failed_precondition");
    const nowhere = redisOnlineStore({ url: "redis://127.0.0.1:1" });
    const { error } = await failureOf(nowhere.ping());
    await nowhere.dispose();
    expect(error).toMatchObject({ code: "unavailable", message: "Redis at redis://127.0.0.1:1 cannot be reached." });
  });
});
