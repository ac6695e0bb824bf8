import { Redis } from "ioredis";
import { describe } from "vitest";
import { hasRedisServer, startRedis } from "../../testing/redis-server.ts";
import { describeOnlineStore } from "../online-store.contract.ts";
import { redisOnlineStore } from "./redis.ts";

describe.skipIf(!hasRedisServer())("on a server of our own", () => {
  describeOnlineStore("redis", async () => {
    const server = await startRedis();
    const [store, other] = [redisOnlineStore({ url: server.url }), redisOnlineStore({ url: server.url })];
    const admin = new Redis(server.url);
    return {
      store,
      other,
      flush: async () => void (await admin.flushall()),
      async dispose() {
        await Promise.all([store.dispose(), other.dispose(), admin.quit()]);
        await server.stop();
      },
    };
  });
});
