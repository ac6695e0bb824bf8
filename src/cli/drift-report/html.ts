import { type ComparedColumn, shortNumber } from "../../monitor/index.ts";
import { count } from "../output.ts";
import { bySeverity, type DriftReport, percent, probability, VERDICTS } from "./figures.ts";
import { histogram } from "./histogram.ts";
import { escapeHtml, htmlTable } from "./markup.ts";
import { STYLE } from "./style.ts";
import { MEANING, unitLine } from "./text.ts";

export type { DriftReport } from "./figures.ts";

/** A comparison as one HTML page that needs nothing else: no script, no request. */
export function driftHtml(report: DriftReport): string {
  const columns = [...report.compared.columns].sort(bySeverity);
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}"><title>Drift: ${escapeHtml(report.current)} against ${escapeHtml(report.baseline)}</title>
<style>${STYLE}</style></head><body>
${PATTERN}<main>
<h1>Drift report</h1><p>${summary(columns)}</p>
${facts(report)}<p>${escapeHtml(MEANING)}</p>
<section aria-label="All columns"><div class="scroll" tabindex="0" role="region" aria-label="Scores of all columns">${overview(columns)}</div></section>
${columns.map(columnSection).join("\n")}
</main></body></html>
`;
}

const PATTERN = `<svg width="0" height="0" aria-hidden="true" style="position:absolute"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 5 5 0"/></pattern></defs></svg>`;

function summary(columns: readonly ComparedColumn[]): string {
  const parts = VERDICTS.map((verdict) => [verdict, columns.filter((column) => column.verdict === verdict).length] as const);
  const named = parts.filter(([, number]) => number > 0).map(([verdict, number]) => `${count(number)} ${verdict}`);
  return `${count(columns.length)} ${columns.length === 1 ? "column" : "columns"}: ${named.join(", ")}.`;
}

function facts({ baseline, current, key, compared }: DriftReport): string {
  const [first] = compared.columns;
  const rows: [string, string][] = [
    ["Baseline", `${baseline} (${count(first?.comparison.baselineRows ?? 0)} ${key === null ? "rows" : "keys"})`],
    ["Current", `${current} (${count(first?.comparison.currentRows ?? 0)} ${key === null ? "rows" : "keys"})`],
    ["Unit", unitLine(key)],
  ];
  if (compared.onlyInBaseline.length > 0) rows.push(["Only in the baseline", compared.onlyInBaseline.join(", ")]);
  if (compared.onlyInCurrent.length > 0) rows.push(["Only in the current file", compared.onlyInCurrent.join(", ")]);
  return `<dl>${rows.map(([term, text]) => `<dt>${term}</dt><dd>${escapeHtml(text)}</dd>`).join("")}</dl>`;
}

function overview(columns: readonly ComparedColumn[]): string {
  const rows = columns.map(({ column, comparison, verdict, adjustedP }) => [
    `<a href="#${anchor(column.name)}">${escapeHtml(column.name)}</a>`,
    badge(verdict),
    shortNumber(comparison.psi, 4),
    probability(adjustedP),
    figure(comparison.numeric?.wassersteinSd),
    figure(comparison.numeric?.meanShiftSd),
    `${percent(comparison.baselineNullRate)} → ${percent(comparison.currentNullRate)}`,
  ]);
  return htmlTable("All columns, the worst first", ["column", "verdict", "PSI", "p adjusted", "W1/sd", "mean shift/sd", "nulls"], rows);
}

function columnSection({ column, comparison, verdict, adjustedP }: ComparedColumn): string {
  const { numeric, table } = comparison;
  const figures: (readonly [string, string])[] = [
    ["PSI", figure(comparison.psi)],
    ["p of the PSI (adjusted)", `${probability(comparison.psiP)} (${probability(adjustedP)})`],
    ["Jensen-Shannon distance", figure(comparison.jsDistance)],
    ["Hellinger distance", figure(comparison.hellinger)],
    ["L∞", figure(comparison.lInfinity)],
  ];
  if (numeric !== null)
    figures.push(
      ["Kolmogorov-Smirnov D (p)", `${figure(numeric.ks)} (${probability(numeric.ksP)})`],
      ["Wasserstein-1 (in sd)", `${figure(numeric.wasserstein)} (${figure(numeric.wassersteinSd)})`],
      ["Mean shift in sd", figure(numeric.meanShiftSd)],
    );
  if (table !== null) figures.push([`χ², ${table.chi2Freedom} degrees of freedom (p)`, `${figure(table.chi2)} (${probability(table.chi2P)})`]);
  const name = escapeHtml(column.name);
  const of = { value: column.kind, length: "by its length", presence: "whether there is a value" }[column.measure];
  return `<section id="${anchor(column.name)}" aria-label="${name}"><header><h2>${name}</h2>${badge(verdict)}</header>
<p>${of}, n = ${count(comparison.baselineRows)} and ${count(comparison.currentRows)}</p>${LEGEND}
<div class="scroll" tabindex="0" role="region" aria-label="Histogram of ${name}">${histogram(column.name, comparison)}</div>
<dl class="scores">${figures.map(([term, text]) => `<div><dt>${term}</dt><dd>${text}</dd></div>`).join("")}</dl>
<details><summary>Bins</summary><div class="scroll" tabindex="0" role="region" aria-label="Bins of ${name}">${binTable(comparison)}</div></details></section>`;
}

const LEGEND = `<div class="legend"><span><svg width="12" height="12" aria-hidden="true"><rect class="before" x="1" y="1" width="10" height="10"/></svg>baseline</span><span><svg width="12" height="12" aria-hidden="true"><rect class="now" x="1" y="1" width="10" height="10"/></svg>current</span><span>▲ ▼ bins that moved: a tenth of the PSI or more</span></div>`;

function binTable({ bins, psi, baselineRows, currentRows }: ComparedColumn["comparison"]): string {
  const share = (number: number, total: number): string => `${count(number)} (${percent(total === 0 ? null : number / total)})`;
  const rows = bins.map((bin) => [
    escapeHtml(bin.label),
    share(bin.baseline, baselineRows),
    share(bin.current, currentRows),
    percent(psi === 0 ? 0 : bin.psi / psi),
  ]);
  return htmlTable("Bins, frozen on the baseline", ["bin", "baseline", "current", "part of the PSI"], rows);
}

function badge(verdict: string): string {
  return `<span class="verdict ${verdict.replace(" ", "-")}">${verdict}</span>`;
}

function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : shortNumber(value, 4);
}

function anchor(name: string): string {
  return `column-${encodeURIComponent(name).replace(/[%'()*!~.]/g, "_")}`;
}
