import { Redis } from "ioredis";
import { LarderError, redactUrl } from "../../kit/index.ts";
import { redisUnavailable } from "./redis-errors.ts";

export interface RedisOptions {
  /** `redis://[user:password@]host:port[/db]`; `rediss://` for TLS. */
  readonly url: string;
  /** How long a connection, and then an answer, may take; default 2 s. */
  readonly timeoutMs?: number;
}

/** One connection, opened at its first use, that comes back by itself. */
export interface RedisConnection {
  readonly place: string;
  /** Runs commands. Fails with "unavailable" at once while the server is known to be down, else within the time allowed. */
  use<T>(work: (redis: Redis) => Promise<T>): Promise<T>;
  dispose(): Promise<void>;
}

export function connectRedis({ url, timeoutMs = 2_000 }: RedisOptions): RedisConnection {
  const place = redactUrl(url);
  let client: Redis | null = null;
  let isDisposed = false;
  /** The wait for a connection, shared by all commands that come meanwhile. */
  let settling: Promise<void> | null = null;
  // Why the last attempt to connect failed; while it is set, callers need not wait to learn it again.
  let failure: Error | null = null;

  function open(): Redis {
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: timeoutMs,
      commandTimeout: timeoutMs,
      socketTimeout: timeoutMs + 500, // a connection that stays silent is given up, and made anew
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false, // a lost answer is an error: only the caller knows what a repeat means
      retryStrategy: (times) => Math.min(1_000, 50 * 2 ** Math.min(times - 1, 5)),
      reconnectOnError: (error) => error.message.startsWith("READONLY"), // after a failover the address leads elsewhere
      connectionName: "larder",
      disableClientInfo: true,
    });
    redis.on("error", (error: Error) => {
      failure = error;
    });
    redis.on("ready", () => {
      failure = null;
    });
    return redis;
  }

  async function ready(): Promise<Redis> {
    if (isDisposed) throw new LarderError("failed_precondition", `The connection to Redis at ${place} is closed.`);
    client ??= open();
    if (client.status === "ready") return client;
    if (client.status === "wait")
      client.connect().catch(() => undefined); // the wait below tells how it went
    else if (failure !== null) throw failure;
    settling ??= settled(client, timeoutMs).finally(() => {
      settling = null;
    });
    await settling;
    return client;
  }

  return {
    place,
    async use(work) {
      try {
        return await work(await ready());
      } catch (error) {
        throw redisUnavailable(error, place);
      }
    },
    async dispose() {
      isDisposed = true;
      const redis = client;
      client = null;
      if (redis?.status === "ready") await redis.quit().catch(() => undefined);
      redis?.disconnect();
    },
  };
}

/** Resolves when the client is ready, rejects when this attempt to connect failed or takes too long. */
function settled(redis: Redis, timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error) => {
      clearTimeout(timer);
      redis.off("ready", onReady);
      redis.off("error", finish);
      if (error) reject(error);
      else resolve();
    };
    const onReady = () => finish();
    const timer = setTimeout(() => finish(new Error(redis.status === "connect" ? "not ready" : "timed out")), timeoutMs);
    redis.on("ready", onReady);
    redis.on("error", finish);
  });
}
