import { readFileSync, writeFileSync } from "node:fs";
import pg from "pg";
import { silentLogger } from "../../src/kit/index.ts";
import { watchOnce } from "../../src/monitor/index.ts";
import { createRuntime, openDatabase, readEnvironment } from "../../src/runtime/index.ts";

/*
 * One process that does some ticks and says how long they took and how much memory the process held at most: `ours` the monitor's own,
 * `reference` the plainest SELECT of what a tick must know, one row a view, judged by nobody and written nowhere.
 */

export interface Ticks {
  readonly firstSeconds: number;
  readonly seconds: readonly number[];
  readonly secondsWithLooks: number;
  readonly peakMb: number;
}

/** How far in the future the ticks are: then all views are late. */
const [side = "ours", count = "3", minutesAhead = "0"] = process.argv.slice(2);

const PLAINEST = `
  SELECT d.name, d.owner, d.team, d.body, o.event_watermark, i.id AS incident, i.memory, i.detail,
    (SELECT max(finished_at) FROM run r WHERE r.project_id = d.project_id AND r.subject = 'feature_view:' || d.name AND r.state = 'succeeded') AS good_at
  FROM definition d LEFT JOIN view_version v ON v.view_id = d.id LEFT JOIN online_state o ON o.version_id = v.id
  LEFT JOIN incident i ON i.open_key = 'large:feature_view:' || d.name || ':freshness'
  WHERE d.kind = 'feature_view' ORDER BY d.name`;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}

async function measure(tick: (keepLooks: boolean) => Promise<unknown>): Promise<Ticks> {
  const firstSeconds = await timed(() => tick(false));
  const seconds: number[] = [];
  for (let done = 0; done < Number(count); done += 1) seconds.push(await timed(() => tick(false)));
  const secondsWithLooks = await timed(() => tick(true));
  return { firstSeconds, seconds, secondsWithLooks, peakMb: Number(/VmHWM:\s+(\d+) kB/.exec(readProc())?.[1]) / 1_000 };
}

function readProc(): string {
  try {
    return readFileSync("/proc/self/status", "utf8");
  } catch {
    return ""; // not Linux: the peak is NaN there
  }
}

async function ours(): Promise<Ticks> {
  const runtime = await createRuntime({ environment: readEnvironment(process.env), name: "bench-tick" });
  try {
    const clock = { now: () => runtime.clock.now() + BigInt(minutesAhead) * 60_000_000n };
    return await measure((keepLooks) => watchOnce({ ...runtime, clock }, keepLooks));
  } finally {
    await runtime.dispose();
  }
}

async function reference(): Promise<Ticks> {
  const environment = readEnvironment(process.env);
  const database = await openDatabase({ ...environment, logger: silentLogger });
  const client = new pg.Client({ connectionString: database.url });
  client.on("error", () => {});
  await client.connect();
  try {
    return await measure(async () => (await client.query(PLAINEST)).rows.length);
  } finally {
    await client.end();
    await database.stop();
  }
}

writeFileSync(process.stdout.fd, JSON.stringify(await (side === "ours" ? ours() : reference())));
