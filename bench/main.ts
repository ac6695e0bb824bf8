import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { catalogBench } from "./catalog/bench.ts";
import { consoleBench } from "./console/bench.ts";
import { driftVerdictsBench } from "./drift-verdicts/bench.ts";
import type { Bench } from "./harness/bench.ts";
import { type LarderHome, openLarder } from "./harness/larder-home.ts";
import { type BenchOptions, readOptions, USAGE } from "./harness/options.ts";
import { type BenchReport, reportDocument, reportTable } from "./harness/report.ts";
import { joinBench } from "./join/bench.ts";
import { materializeBench } from "./materialize/bench.ts";
import { monitorTickBench } from "./monitor-tick/bench.ts";
import { profileBench } from "./profile/bench.ts";
import { pushBench } from "./push/bench.ts";
import { samplingBench } from "./sampling/bench.ts";
import { servingBench } from "./serving/bench.ts";
import { startBench } from "./start/bench.ts";

/** npm run bench: what Larder does beside what could do the same, on this machine. */
const BENCHES: readonly Bench[] = [
  joinBench,
  materializeBench,
  servingBench,
  samplingBench,
  pushBench,
  startBench,
  driftVerdictsBench,
  profileBench,
  monitorTickBench,
  catalogBench,
  consoleBench,
];

const say = (line: string): void => void process.stderr.write(`${line}\n`);

async function measure(bench: Bench, { quick, rounds, profile }: BenchOptions): Promise<BenchReport> {
  say(`\n── ${bench.name}: ${bench.title}`);
  const folder = await mkdtemp(join(tmpdir(), `larder-bench-${bench.name}-`));
  await chmod(folder, 0o755); // the embedded PostgreSQL may run as another user
  const homes: LarderHome[] = [];
  const open = async ({ env = {}, name = "home" } = {}): Promise<LarderHome> => {
    const home = await openLarder(join(folder, name), { env, profile });
    homes.push(home);
    return home;
  };
  try {
    const [before = 0] = loadavg();
    const measures = await bench.run({ quick, rounds, folder, open, say });
    return { bench, measures, load: { before, after: loadavg()[0] ?? 0 } };
  } finally {
    await Promise.allSettled(homes.map((home) => home.dispose()));
    await rm(folder, { recursive: true, force: true });
  }
}

async function main(options: BenchOptions): Promise<void> {
  const date = new Date();
  const reports: BenchReport[] = [];
  for (const bench of BENCHES) {
    if (options.only !== null && !options.only.includes(bench.name)) continue;
    const report = await measure(bench, options);
    reports.push(report);
    process.stdout.write(`${reportTable(report)}\n`);
    if (options.json !== null) await writeFile(options.json, `${JSON.stringify(reportDocument(reports, { date, quick: options.quick }), null, 2)}\n`);
  }
}

const names = BENCHES.map(({ name }) => name);
let options: BenchOptions | null = null;
try {
  options = readOptions(process.argv.slice(2), names);
} catch (error) {
  say(`${error instanceof Error ? error.message : error}\n${USAGE(names)}`);
  process.exitCode = 2;
}
if (options !== null) await main(options);
