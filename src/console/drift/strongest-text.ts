import { formatShare } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { labelOf } from "./moved-bins.ts";

const EXCESS_MIN = 0.25;

/** "Rows where driver_id is > 1600.4 carry 99 % of the shift, and are 40 % of all rows." */
export function strongestText({ by, strongest }: Pick<Outputs["drift"]["segments"]["shifts"][number], "by" | "strongest">): string {
  if (strongest === null || strongest.excess < EXCESS_MIN)
    return `No part of the rows stands out by ${by}: each carries about as much of the shift as it is of the rows.`;
  const { of, shareOfPsi, currentShare } = strongest;
  const part = of === "null" ? `without ${by}` : `where ${by} is ${labelOf(strongest)}`;
  return `Rows ${part} carry ${shareOfPsi > 1 ? "all" : formatShare(shareOfPsi)} of the shift, and are ${formatShare(currentShare)} of all rows.`;
}
