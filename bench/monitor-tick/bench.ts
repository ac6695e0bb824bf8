import { fileURLToPath } from "node:url";
import { largeProject } from "../catalog/definitions.ts";
import type { Bench, Measure } from "../harness/bench.ts";
import { withClient } from "../harness/database.ts";
import type { LarderHome } from "../harness/larder-home.ts";
import { runProgram } from "../harness/processes.ts";
import { interleave, type Side, timed } from "../harness/rounds.ts";
import { historyOf } from "./history.ts";
import type { Ticks } from "./tick-process.ts";

const PROJECT = "large";
const TICKS = 3;
const [HOURS, SAMPLED_HOURS] = [720, 168];
const LATE_SHARE = 100;
const STORM_TICKS = 13;
const MINUTES_UNTIL_ALL_ARE_LATE = 300;

export const monitorTickBench: Bench = {
  name: "monitor-tick",
  title: "a tick of the monitor over 10,000 views: judge all, move incidents, send alerts",
  reference: "one plain SELECT of what a tick must know, a row a view",
  async run({ quick, rounds, open, say }) {
    const larder = await open();
    const views = quick ? 500 : 10_000;
    await commitProject(larder, views);
    const fresh = await rounded(larder, rounds);
    await withClient(larder, async (client) => {
      for (const [what, sql] of historyOf({ project: PROJECT, hours: quick ? 72 : HOURS, sampledHours: quick ? 72 : SAMPLED_HOURS, lateEvery: LATE_SHARE })) {
        let rows: number | null = null;
        const seconds = await timed(async () => (rows = (await client.query(sql)).rowCount));
        say(`${what}${rows === null ? "" : `: ${rows} rows`} written in ${seconds.toFixed(1)} s`);
      }
    });
    const first = await tickProcess(larder, "ours", 0);
    say(`the first tick, which opens an incident for each late view: ${first.firstSeconds.toFixed(2)} s`);
    const used = await rounded(larder, rounds);
    const { total: incidents } = await larder.runtime.incidents.list({ project: PROJECT, state: "open", page: 1, pageSize: 1 });
    const storm = await tickProcess(larder, "ours", STORM_TICKS, MINUTES_UNTIL_ALL_ARE_LATE);
    const folding = await timed(() => larder.runtime.monitorStore.foldHours(larder.runtime.clock.now() + 86_400_000_000n));
    const seconds = (what: string, ticks: Record<Side, Ticks[]>): readonly Measure[] => [
      { what: `${what}: a tick`, unit: "s", ours: ticks.ours.map(medianTick), reference: ticks.reference.map(medianTick) },
      { what: `${what}: a tick that keeps what it saw`, unit: "s", ours: ticks.ours.map(({ secondsWithLooks }) => secondsWithLooks), reference: null },
      {
        what: `${what}: peak memory of the process`,
        unit: "MB",
        ours: ticks.ours.map(({ peakMb }) => peakMb),
        reference: ticks.reference.map(({ peakMb }) => peakMb),
      },
    ];
    return [
      ...seconds("fresh", fresh),
      ...seconds(`30 days of runs, ${incidents} incidents open`, used),
      { what: "  the tick that opens them", unit: "s", ours: [first.firstSeconds], reference: null },
      {
        what: "all views late at once: the longest tick until all are raised",
        unit: "s",
        ours: [Math.max(storm.firstSeconds, ...storm.seconds)],
        reference: null,
      },
      { what: "  the last of 14 ticks", unit: "s", ours: [storm.seconds.at(-1) ?? Number.NaN], reference: null },
      { what: "  folding all hours into days", unit: "s", ours: [folding], reference: null },
    ];
  },
};

async function commitProject({ runtime }: LarderHome, views: number): Promise<void> {
  const settings = { onlineStore: { type: "sqlite", connectionString: null }, offlineStore: { type: "file" } } as const;
  const upserts = largeProject(views, { schedule: "0 * * * *" });
  const commit = { project: PROJECT, settings, managedBy: `repo:${PROJECT}`, expectedRevision: 0, upserts, removals: [] };
  await runtime.transactor.transact((tx) => runtime.registry.commit(tx, commit));
}

function rounded(larder: LarderHome, rounds: number): Promise<Record<Side, Ticks[]>> {
  return interleave({ rounds }, (side) => tickProcess(larder, side, TICKS));
}

/** Each in a process of its own, so that its memory is its own. */
async function tickProcess({ env }: LarderHome, side: Side, ticks: number, minutesAhead = 0): Promise<Ticks> {
  const program = fileURLToPath(new URL("tick-process.ts", import.meta.url));
  return JSON.parse(await runProgram(process.execPath, [program, side, String(ticks), String(minutesAhead)], { env }));
}

function medianTick({ seconds }: Ticks): number {
  return seconds.toSorted((a, b) => a - b)[Math.floor(seconds.length / 2)] ?? Number.NaN;
}
