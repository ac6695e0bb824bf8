import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../../src/testing/free-port.ts";
import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { answers } from "../harness/processes.ts";
import { interleave, type Side } from "../harness/rounds.ts";
import { copyCheckout, forgetWhatWasMade } from "./checkout.ts";
import { npmStart } from "./npm-start.ts";

/** A fresh start builds the console, half a minute of two cores: more rounds would only take long. */
const ROUNDS_MAX = 3;

export const startBench: Bench = {
  name: "start",
  title: "npm start to the first feature read, fresh (packages installed, nothing else made) and again",
  reference: "npm start of the least there could be: the same embedded PostgreSQL, and a bare server that reads one row of a SQLite file",
  async run(context) {
    const checkout = await copyCheckout(context.folder);
    const floor = await makeFloor(context.folder);
    const rounds = Math.min(ROUNDS_MAX, context.rounds);
    const prepare = async (): Promise<void> => {
      await forgetWhatWasMade(checkout);
      for (const data of [homeOf(checkout), dataOf(floor)]) await rm(data, { recursive: true, force: true });
    };
    const results = await interleave({ rounds, prepare }, async (side) => {
      const start = side === "ours" ? () => startLarder(checkout, context) : () => startFloor(floor);
      const round = { fresh: await start(), again: await start() };
      context.say(`${side}: ${round.fresh.read.toFixed(1)} s fresh, ${round.again.read.toFixed(1)} s again`);
      return round;
    });
    return (["fresh", "again"] as const).flatMap((state) =>
      measuresOf(state, { ours: results.ours.map((one) => one[state]), reference: results.reference.map((one) => one[state]) }),
    );
  },
};

/** Seconds since `npm start`; NaN where there is nothing to wait for. */
interface Times {
  readonly health: number;
  readonly read: number;
  readonly console: number;
  readonly stop: number;
}

function measuresOf(state: "fresh" | "again", times: Readonly<Record<Side, readonly Times[]>>): readonly Measure[] {
  const own = (what: string, of: (one: Times) => number): Measure => ({ what: `  ${what}`, unit: "s", ours: times.ours.map(of), reference: null });
  return [
    { what: `${state}: first feature read`, unit: "s", ours: times.ours.map(({ read }) => read), reference: times.reference.map(({ read }) => read) },
    own("serving answers", ({ health }) => health),
    ...(times.ours.some((one) => Number.isNaN(one.console)) ? [] : [own("the console answers", ({ console }) => console)]),
    own("all stopped after Ctrl-C", ({ stop }) => stop),
  ];
}

const homeOf = (checkout: string): string => join(checkout, "..", "home");

async function startLarder(checkout: string, { quick }: BenchContext): Promise<Times> {
  const [serve, console] = [await freePort(), await freePort()];
  const ports = { LARDER_SERVE_PORT: String(serve), LARDER_CONSOLE_PORT: String(console) };
  const larder = npmStart(checkout, { ...plainEnvironment(), ...ports, LARDER_HOME: homeOf(checkout), NODE_ENV: "production" });
  try {
    const health = await larder.secondsUntil(() => answers(`http://127.0.0.1:${serve}/health`));
    const read = await larder.secondsUntil(() => hasFeature(serve));
    const shown = quick ? Number.NaN : await larder.secondsUntil(() => answers(`http://127.0.0.1:${console}/catalog`));
    return { health, read, console: shown, stop: await larder.stop() };
  } finally {
    await larder.stop();
  }
}

/** Nobody's settings, and not the compile cache that this process may run with. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(LARDER_|DATABASE_URL|REDIS_URL|NODE_|npm_)/.test(name));
  return { ...Object.fromEntries(inherited), NODE_ENV: "production" };
}

/** Whether a value of the example's data is served, not only an answer. */
async function hasFeature(port: number): Promise<boolean> {
  const body = JSON.stringify({ features: ["driver_stats:conv_rate"], entities: { driver_id: [1_001] } });
  const url = `http://127.0.0.1:${port}/get-online-features`;
  const answer = await fetch(url, { method: "POST", body, headers: { "content-type": "application/json" } }).catch(() => null);
  if (!answer?.ok) return false;
  const { results } = (await answer.json()) as { readonly results: readonly { readonly statuses: readonly string[] }[] };
  return results[1]?.statuses[0] === "PRESENT";
}

interface Floor {
  readonly folder: string;
  readonly port: number;
}

const dataOf = ({ folder }: Floor): string => join(folder, "data");

async function makeFloor(parent: string): Promise<Floor> {
  const folder = join(parent, "floor");
  await mkdir(folder);
  const port = await freePort();
  const program = fileURLToPath(new URL("floor.ts", import.meta.url));
  const start = `mkdir -p data && exec '${process.execPath}' '${program}' data ${await freePort()} ${port}`;
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "floor", private: true, scripts: { start } }));
  return { folder, port };
}

async function startFloor({ folder, port }: Floor): Promise<Times> {
  const floor = npmStart(folder, plainEnvironment());
  const read = await floor.secondsUntil(() => answers(`http://127.0.0.1:${port}/`));
  return { health: read, read, console: Number.NaN, stop: await floor.stop() };
}
