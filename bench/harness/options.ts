import { parseArgs } from "node:util";

export interface BenchOptions {
  readonly only: readonly string[] | null;
  readonly quick: boolean;
  readonly rounds: number;
  readonly json: string | null;
  /** A folder for CPU profiles of the processes that are measured; slows them. */
  readonly profile: string | null;
}

export const USAGE = (names: readonly string[]): string => `npm run bench -- [--only ${names.join(",")}] [--quick] [--rounds N] [--json FILE] [--profile DIR]`;

const ROUNDS_DEFAULT = 5;
const ROUNDS_QUICK = 2;

/** Throws an Error that says what is wrong with the command line. */
export function readOptions(argv: readonly string[], names: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: { only: { type: "string" }, quick: { type: "boolean" }, rounds: { type: "string" }, json: { type: "string" }, profile: { type: "string" } },
  });
  const only = values.only?.split(",") ?? null;
  const unknown = only?.filter((name) => !names.includes(name)) ?? [];
  if (unknown.length > 0) throw new Error(`There is no bench ${unknown.join(", ")}: the benches are ${names.join(", ")}.`);
  const quick = values.quick === true;
  const rounds = values.rounds === undefined ? (quick ? ROUNDS_QUICK : ROUNDS_DEFAULT) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds ${values.rounds}: a whole number from 1 is needed.`);
  return { only, quick, rounds, json: values.json ?? null, profile: values.profile ?? null };
}
