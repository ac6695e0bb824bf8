import { formatShare } from "../format/index.ts";
import { labelOf } from "./moved-bins.ts";

const EXCESS_MIN = 0.25;

interface Divided {
  readonly by: string;
  readonly strongest: { readonly label: string; readonly shareOfPsi: number; readonly currentShare: number; readonly excess: number } | null;
}

/** "Rows where driver_id is > 1600.4 carry 99 % of the shift, and are 40 % of all rows." */
export function strongestText({ by, strongest }: Divided): string {
  if (strongest === null || strongest.excess < EXCESS_MIN)
    return `No part of the rows stands out by ${by}: each carries about as much of the shift as it is of the rows.`;
  const { label, shareOfPsi, currentShare } = strongest;
  const part = label === "<null>" ? `without ${by}` : `where ${by} is ${labelOf(label)}`;
  return `Rows ${part} carry ${shareOfPsi > 1 ? "all" : formatShare(shareOfPsi)} of the shift, and are ${formatShare(currentShare)} of all rows.`;
}
