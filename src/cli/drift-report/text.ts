import { type ComparedColumn, shortNumber } from "../../monitor/index.ts";
import { count, textTable } from "../output.ts";
import { bySeverity, type DriftReport, percent, probability } from "./figures.ts";

/** A comparison as a table, the worst first, and what the verdicts mean. */
export function driftText({ key, compared }: DriftReport): string {
  const columns = [...compared.columns].sort(bySeverity);
  const head = ["column", "verdict", "PSI", "p adjusted", "W1/sd", "KS", "mean shift/sd", "χ² p", "nulls", "n baseline", "n current"];
  const lines = [textTable(head, columns.map(row)), "", unitLine(key), MEANING];
  const alone = [...compared.onlyInBaseline.map((name) => `${name} (baseline)`), ...compared.onlyInCurrent.map((name) => `${name} (current)`)];
  if (alone.length > 0) lines.push(`In one file only, not compared: ${alone.join(", ")}.`);
  return lines.join("\n");
}

function row({ column, comparison, verdict, adjustedP }: ComparedColumn): readonly string[] {
  const { numeric, table } = comparison;
  return [
    column.measure === "value" ? column.name : `${column.name} (${column.measure})`,
    verdict,
    shortNumber(comparison.psi, 4),
    probability(adjustedP),
    figure(numeric?.wassersteinSd),
    figure(numeric?.ks),
    figure(numeric?.meanShiftSd),
    table ? probability(table.chi2P) : "–",
    `${percent(comparison.baselineNullRate)} → ${percent(comparison.currentNullRate)}`,
    count(comparison.baselineRows),
    count(comparison.currentRows),
  ];
}

function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : shortNumber(value, 4);
}

export function unitLine(key: string | null): string {
  if (key !== null) return `Judged on the newest row per ${key}.`;
  return "Judged on every row, as if rows were independent; where rows belong to entities, say --key COLUMN.";
}

export const MEANING =
  "drift: evidence (adjusted p ≤ 0.05) and effect (PSI ≥ 0.1 or W1/sd ≥ 0.15); watch: evidence of a smaller shift; insufficient data: fewer than 100 rows on a side.";
