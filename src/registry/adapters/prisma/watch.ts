import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { databaseError, type Logger } from "../../../kit/index.ts";
import { REGISTRY_CHANNEL } from "./commit.ts";

const RECONNECT_MS = 500;
const RECONNECT_MS_MAX = 5_000;

export interface WatchOptions {
  readonly databaseUrl: string;
  readonly logger: Logger;
  readonly onChange: (project: string) => void;
}

/**
 * Listens on a connection of its own. A connection that breaks is made again, for as long as it takes; then every project counts as
 * changed, because notifications of the meantime are lost. Rejects with `unavailable` when the first connection fails.
 */
export async function watchRegistry({ databaseUrl, logger, onChange }: WatchOptions): Promise<{ stop(): Promise<void> }> {
  const stopped = new AbortController();
  let client: pg.Client | null = null;

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: databaseUrl, application_name: "larder registry watch", keepAlive: true, connectionTimeoutMillis: 10_000 });
    const lost = (error?: Error) => {
      if (client !== fresh || stopped.signal.aborted) return;
      client = null;
      logger.warn({ error: error?.message }, "lost the connection that listens for registry changes; connecting again");
      void reconnect();
    };
    fresh.on("error", lost);
    fresh.on("end", () => lost());
    fresh.on("notification", ({ payload }) => payload && onChange(payload));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${REGISTRY_CHANNEL}`);
    } catch (error) {
      await fresh.end().catch(() => {});
      throw databaseError(error);
    }
    client = fresh;
    if (stopped.signal.aborted) await fresh.end();
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = RECONNECT_MS; !stopped.signal.aborted; waitMs = Math.min(RECONNECT_MS_MAX, waitMs * 2)) {
      try {
        await connect();
        await tellOfAll();
        return;
      } catch (error) {
        logger.debug({ error: String(error) }, "the registry does not answer yet");
        await sleep(waitMs, undefined, { signal: stopped.signal }).catch(() => {});
      }
    }
  }

  async function tellOfAll(): Promise<void> {
    const answer = await client?.query<{ name: string }>("SELECT name FROM project ORDER BY id");
    for (const { name } of answer?.rows ?? []) onChange(name);
  }

  await connect();
  return {
    async stop() {
      stopped.abort();
      const last = client;
      client = null;
      await last?.end().catch(() => {});
    },
  };
}
