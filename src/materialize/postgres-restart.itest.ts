import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { silentLogger } from "../kit/index.ts";
import { openDatabase } from "../runtime/index.ts";
import { aFileSource, anEntity, aView } from "../testing/builders.ts";
import { type PipelineWorld, pipelineWorld, writeParquet } from "../testing/pipeline-world.ts";
import { withFolder } from "../testing/world.ts";
import { readReceipt, startMaterialize } from "./index.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const KEYS = 400_000;

/** A PostgreSQL of this suite alone: others must not feel its restarts. */
describe("PostgreSQL restarted in mid-run", () => {
  let database: Awaited<ReturnType<typeof openDatabase>>;
  let home: string;
  let world: PipelineWorld;
  let dispose = async (): Promise<void> => {};

  beforeAll(async () => {
    const owned = await withFolder();
    home = owned.path;
    database = await openDatabase({ home, logger: silentLogger });
    world = await pipelineWorld({ databaseUrl: database.url });
    const path = await writeParquet(
      world.home,
      "driver_stats.parquet",
      `select k as driver_id, timestamp '2026-01-01' as datetime, timestamp '2026-01-01' as created, k::double as conv_rate, 0.5::double as acc_rate,
       (k % 100)::bigint as avg_daily_trips from range(${KEYS}) keys(k)`,
    );
    await world.apply([anEntity(), aFileSource({ path }), aView()]);
    dispose = async () => {
      await world.dispose();
      await database.stop();
      await owned.dispose();
    };
  });
  afterAll(() => dispose());

  const postmaster = (): number => Number(readFileSync(join(home, "postgres", "data", "pgdata", "postmaster.pid"), "utf8").split("\n")[0]);

  it.each([
    ["stopped in order", "SIGINT"],
    ["killed with all its processes", "SIGQUIT"],
  ] as const)("%s: the run waits, says so, goes on and loses nothing", async (_how, signal) => {
    const env = { ...process.env, ...world.env, LARDER_LOG_LEVEL: "warn" };
    const worker = spawn(process.execPath, [join(root, "src/worker/main.ts")], { cwd: root, env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    worker.stderr.on("data", (chunk: Buffer) => {
      said += chunk;
    });
    try {
      const input = { actor: world.runtime.localOwner, project: world.project, views: ["driver_stats"], window: { kind: "everything" } } as const;
      const run = (await startMaterialize(world.runtime, input)).runs[0]?.run ?? "";
      await world.follow(run, ({ checkpoint }) => ((checkpoint as { shardsDone?: number } | null)?.shardsDone ?? 0) >= 1);
      process.kill(postmaster(), signal);
      const ended = await world.follow(run);
      expect(ended).toMatchObject({ state: "succeeded", attempt: 1 });
      const receipt = readReceipt(ended.receipt);
      expect(receipt).toMatchObject({ keys: KEYS, rejected: 0 });
      expect((receipt?.written ?? 0) + (receipt?.unchanged ?? 0)).toBe(KEYS);
      expect(receipt?.checksumOnline).toBe(receipt?.checksumOffline);
      expect(said).toContain("waiting for PostgreSQL");
      const log = (await world.runtime.runLog.events(run, 500)).map(({ body }) => JSON.stringify(body)).join("\n");
      expect(log).toContain("PostgreSQL was away");
    } finally {
      const gone = once(worker, "exit");
      worker.kill("SIGKILL");
      await gone;
    }
  });
});
