export type Side = "ours" | "reference";

export interface Rounds {
  readonly rounds: number;
  /** Done before each round, not measured. */
  readonly prepare?: (round: number) => Promise<unknown>;
}

/** Runs both sides once per round, one directly after the other, and lets them begin in turn. */
export async function interleave<T>({ rounds, prepare }: Rounds, work: (side: Side) => Promise<T>): Promise<Record<Side, T[]>> {
  const results: Record<Side, T[]> = { ours: [], reference: [] };
  for (let round = 0; round < rounds; round += 1) {
    await prepare?.(round);
    const order: readonly Side[] = round % 2 === 0 ? ["reference", "ours"] : ["ours", "reference"];
    for (const side of order) results[side].push(await work(side));
  }
  return results;
}

/** Seconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1_000;
}
