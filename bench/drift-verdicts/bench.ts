import type { Bench, BenchContext, Measure } from "../harness/bench.ts";
import { type Simulation, simulate } from "./simulate.ts";

const FALSE_ALARM_PERCENT_MAX = 7;
const FOUND_PERCENT_MIN = 95;
const DAYS = 1_000;
const DAYS_QUICK = 40;

const STABLE = { features: 50, hours: 1, rho: 0, shift: 0, unit: "entity_key" } as const;

/** How often the verdicts of drift are wrong: not a bench of speed, but run and reported like one. Every run gives the same figures. */
export const driftVerdictsBench: Bench = {
  name: "drift-verdicts",
  title: "how often drift is called without a shift, and a shift is missed",
  reference: "calling PSI ≥ 0.2 drift, on the same simulated days",
  async run({ quick, say }: BenchContext): Promise<readonly Measure[]> {
    const days = quick ? DAYS_QUICK : DAYS;
    const percent = (count: number): number => (100 * count) / days;
    const falseAlarms = (what: string, simulation: Omit<Simulation, "days">): Measure => {
      say(`${what} …`);
      const { falseAlarmDays, folkAlarmDays } = simulate({ ...simulation, days });
      const limit = simulation.unit === "entity_key" ? { limit: { max: FALSE_ALARM_PERCENT_MAX } } : {};
      return { what, unit: "% of days", ours: [percent(falseAlarmDays)], reference: [percent(folkAlarmDays)], ...limit };
    };
    const stable = [100, 200, 1_000].map((keys) => falseAlarms(`50 stable features, n = ${keys}: any called drift`, { ...STABLE, seed: keys, keys }));
    say("a shift of 0.3 sd …");
    const moved = simulate({ ...STABLE, seed: 30, keys: 1_000, shift: 0.3, days });
    const power: Measure = {
      what: "one of 50 moves by 0.3 sd, n = 1000: found",
      unit: "% of days",
      ours: [percent(moved.foundDays)],
      reference: null,
      limit: { min: FOUND_PERCENT_MIN },
    };
    const series = { ...STABLE, seed: 90, keys: 100, hours: 24, rho: 0.9 };
    return [
      ...stable,
      power,
      falseAlarms("100 keys × 24 hourly rows, ρ = 0.9, stable, judged by entity key", series),
      falseAlarms("the same judged by row, which fails", { ...series, unit: "row" }),
    ];
  },
};
