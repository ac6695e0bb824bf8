import pg from "pg";
import type { PrismaClient } from "../../../prisma/generated/client.ts";
import type { Logger } from "../../kit/index.ts";
import type { RunEvent } from "../port.ts";
import { toRunEvent } from "./run-row.ts";

export const RUN_CHANNEL = "larder_runs";
const POLL_MS = 2_000;
const BATCH = 500;

export interface FollowOptions {
  readonly after: number;
  readonly project?: string;
  readonly run?: string;
  readonly signal: AbortSignal;
}

/** Notifications only wake; the events are read from the table by id, so nothing is lost or doubled over a reconnect. */
export async function* followEvents(prisma: PrismaClient, databaseUrl: string, logger: Logger, options: FollowOptions): AsyncGenerator<RunEvent> {
  const wake = wakeUps(databaseUrl, logger, options.signal);
  let after = options.after;
  try {
    while (!options.signal.aborted) {
      const rows = await readAfter(prisma, after, options).catch((error: Error) => {
        logger.warn({ error: error.message }, "run events cannot be read; trying again");
        return [];
      });
      for (const row of rows) {
        after = row.id;
        yield row;
      }
      if (rows.length < BATCH) await wake.next();
    }
  } finally {
    await wake.stop();
  }
}

async function readAfter(prisma: PrismaClient, after: number, { project, run }: FollowOptions): Promise<RunEvent[]> {
  const rows = await prisma.runEvent.findMany({
    where: { id: { gt: BigInt(after) }, ...(run && { runId: run }), ...(project && { run: { project: { name: project } } }) },
    orderBy: { id: "asc" },
    take: BATCH,
    include: { run: { select: { project: { select: { name: true } } } } },
  });
  return rows.map(toRunEvent);
}

/** `next()` resolves on a notification, and after POLL_MS in any case: a lost connection only makes it slower. */
function wakeUps(databaseUrl: string, logger: Logger, signal: AbortSignal) {
  let client: pg.Client | null = null;
  let ring: (() => void) | null = null;
  let rung = false;
  const wake = () => {
    rung = true;
    ring?.();
  };
  signal.addEventListener("abort", wake);

  async function listen(): Promise<void> {
    const fresh = new pg.Client({ connectionString: databaseUrl, application_name: "larder-follow" });
    client = fresh;
    const lost = () => {
      if (client === fresh) client = null;
    };
    fresh.on("error", (error) => {
      logger.debug({ error: error.message }, "lost the connection that listens for runs");
      lost();
    });
    fresh.on("end", lost);
    fresh.on("notification", wake);
    await fresh.connect();
    await fresh.query(`LISTEN ${RUN_CHANNEL}`);
  }

  return {
    async next() {
      if (!client && !signal.aborted) {
        // Whatever happened before LISTEN took hold is found by reading once more.
        await listen().then(wake, () => {
          client = null;
        });
      }
      if (!rung && !signal.aborted) await waitFor((resolve) => (ring = resolve));
      rung = false;
      ring = null;
    },
    async stop() {
      signal.removeEventListener("abort", wake);
      await client?.end().catch(() => undefined);
    },
  };
}

function waitFor(onRing: (resolve: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, POLL_MS);
    onRing(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
