import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { hasRedisServer, startRedis } from "./redis-server.ts";

async function once<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, { maxRetriesPerRequest: 0 });
  redis.on("error", () => {});
  return await work(redis).finally(() => redis.disconnect());
}

test.skipIf(!hasRedisServer()).each([
  ["a persistent server keeps", true, "1"],
  ["a server in memory loses", false, null],
])("%s its keys over kill and restart, at the same address", async (_name, persistent, kept) => {
  const server = await startRedis({ persistent });
  await once(server.url, (redis) => redis.set("a", 1));
  await server.kill();
  await expect(once(server.url, (redis) => redis.ping())).rejects.toThrow();
  await server.restart();
  expect(await once(server.url, (redis) => redis.get("a"))).toBe(kept);
  await server.stop();
});
