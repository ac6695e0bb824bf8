import type { ReactNode } from "react";
import { formatCount, formatFigure, formatP, formatScore, formatShare } from "../format/index.ts";
import { Panel } from "../ui/panel.tsx";
import type { SelectedWindow } from "./moved-bins.ts";
import { rowsText } from "./windows.ts";

interface Line {
  readonly name: string;
  readonly value: string;
  readonly p: number | null;
  /** What the figure says, and what it rests on. */
  readonly note: ReactNode;
}

/** Every score of a window, with its p-value where it has one and the rows that it rests on. */
export function ScoresPanel({ selected }: { readonly selected: SelectedWindow }) {
  return (
    <Panel title="All scores" hint={rowsText(selected)}>
      <table className="w-full text-sm">
        <caption className="sr-only">Scores of the window</caption>
        <thead className="text-ink-2 text-xs">
          <tr>
            <th className="px-3 py-1.5 text-left font-normal">Score</th>
            <th className="py-1.5 text-right font-normal">Value</th>
            <th className="px-3 py-1.5 text-right font-normal">p</th>
          </tr>
        </thead>
        <tbody>
          {linesOf(selected).map(({ name, value, p, note }) => (
            <tr key={name}>
              <th scope="row" className="border-line border-t px-3 py-1.5 text-left font-normal">
                {name}
                <span className="block text-ink-3 text-xs">{note}</span>
              </th>
              <td className="tabular whitespace-nowrap border-line border-t py-1.5 text-right align-top">{value}</td>
              <td className="tabular whitespace-nowrap border-line border-t px-3 py-1.5 text-right align-top text-ink-2" title={p?.toExponential(2)}>
                {p === null ? "–" : formatP(p)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function linesOf({ comparison, psi, psiP, adjustedP, means, currentRows, baselineRows }: SelectedWindow): readonly Line[] {
  const { numeric, table, jsDistance, hellinger, lInfinity, baselineNullRate, currentNullRate } = comparison;
  const score = (value: number | null) => (value === null ? "–" : formatScore(value));
  const lines: Line[] = [
    { name: "PSI", value: formatScore(psi), p: psiP, note: "population stability index, p calibrated to n" },
    { name: "PSI, adjusted", value: "", p: adjustedP, note: "over all features judged together" },
    { name: "Jensen-Shannon", value: formatScore(jsDistance), p: null, note: "distance, base 2, 0 to 1" },
    { name: "Hellinger", value: formatScore(hellinger), p: null, note: "distance, 0 to 1" },
    { name: "L∞", value: formatScore(lInfinity), p: null, note: "the largest change of a bin's share" },
  ];
  if (numeric !== null) {
    const basis = numeric.basis.kind === "all rows" ? "from all rows" : `from a sample of ${formatCount(numeric.basis.rows)}`;
    lines.push(
      { name: "Kolmogorov-Smirnov", value: score(numeric.ks), p: numeric.ksP, note: basis },
      {
        name: "Wasserstein-1",
        value: numeric.wasserstein === null ? "–" : formatFigure(numeric.wasserstein),
        p: null,
        note: `in the feature's unit, ${basis}`,
      },
      { name: "W1/sd", value: score(numeric.wassersteinSd), p: null, note: `in sd of the baseline, ${basis}` },
      { name: "Mean shift", value: signed(numeric.meanShiftSd), p: null, note: meanText(means) },
    );
  }
  if (table !== null) lines.push({ name: "χ²", value: formatScore(table.chi2), p: table.chi2P, note: `${table.chi2Freedom} degrees of freedom` });
  lines.push({
    name: "Nulls",
    value: currentNullRate === null ? "–" : formatShare(currentNullRate),
    p: null,
    note: `${baselineNullRate === null ? "unknown" : formatShare(baselineNullRate)} in the baseline, n = ${formatCount(currentRows)} vs ${formatCount(baselineRows)}`,
  });
  return lines;
}

function signed(shift: number | null): string {
  return shift === null ? "–" : `${shift > 0 ? "+" : ""}${shift.toFixed(2)} sd`;
}

function meanText({ baseline, current }: SelectedWindow["means"]): string {
  return baseline === null || current === null ? "no finite values" : `${formatFigure(baseline)} → ${formatFigure(current)}`;
}
