import type { ComparedColumn, FileComparison, Verdict } from "../../monitor/index.ts";

export interface DriftReport {
  /** Paths as the caller wrote them. */
  readonly baseline: string;
  readonly current: string;
  readonly key: string | null;
  readonly compared: FileComparison;
}

export const VERDICTS: readonly Verdict[] = ["drift", "watch", "stable", "insufficient data"];

/** Drift first, and within a verdict the larger PSI. */
export function bySeverity(a: ComparedColumn, b: ComparedColumn): number {
  return VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) || b.comparison.psi - a.comparison.psi;
}

export function percent(share: number | null): string {
  if (share === null) return "–";
  return `${Number((share * 100).toPrecision(share < 0.001 ? 2 : 3))} %`;
}

/** A p-value; very small ones as a power of ten. */
export function probability(p: number | null): string {
  if (p === null) return "–";
  if (p < 1e-300) return "< 1e-300";
  return p < 1e-4 ? p.toExponential(1) : String(Number(p.toPrecision(3)));
}
