import { type ComparedBin, type Comparison, shortNumber } from "../../monitor/index.ts";
import { percent } from "./figures.ts";
import { escapeHtml } from "./markup.ts";

const HEIGHT = 180;
const PLOT = { top: 22, bottom: 136, left: 44 };
const SLOTS_MAX = 40;

/** Bins that add this share of the PSI or more are marked as moved. */
const MOVED_SHARE = 0.1;

interface Bar {
  readonly label: string;
  readonly before: number;
  readonly now: number;
  /** Of the PSI. */
  readonly part: number;
}

/** Shares of both sides bin by bin, baseline hatched beside current solid; bins that moved carry an arrow and their part of the PSI. */
export function histogram(name: string, comparison: Comparison): string {
  const bars = toBars(comparison);
  const slot = Math.max(22, Math.min(76, 760 / bars.length));
  const width = PLOT.left + bars.length * slot + 44;
  const peak = Math.max(...bars.flatMap(({ before, now }) => [before, now]), 0.01);
  const y = (share: number): number => PLOT.bottom - (share / peak) * (PLOT.bottom - PLOT.top);
  const drawn = bars.map((bar, index) => drawBar(bar, { x: PLOT.left + index * slot, slot, y }));
  const grid = [0, 0.5, 1].map((part) => {
    const at = y(part * peak).toFixed(1);
    return `<line class="grid" x1="${PLOT.left}" x2="${width}" y1="${at}" y2="${at}"/><text class="tick" x="${PLOT.left - 6}" y="${Number(at) + 3}" text-anchor="end">${percent(part * peak)}</text>`;
  });
  const label = `Shares of ${name} per bin, baseline beside current. The figures are in the table below.`;
  return `<svg viewBox="0 0 ${width.toFixed(0)} ${HEIGHT}" width="${width.toFixed(0)}" role="img" aria-label="${escapeHtml(label)}">${grid.join("")}${drawn.join("")}</svg>`;
}

/** Where categories are many, those that moved most stand alone and the rest as one bar. */
function toBars({ bins, baselineRows, currentRows, psi }: Comparison): readonly Bar[] {
  const share = (count: number, total: number): number => (total === 0 ? 0 : count / total);
  const bar = (label: string, some: readonly ComparedBin[]): Bar => ({
    label,
    before: share(sum(some, "baseline"), baselineRows),
    now: share(sum(some, "current"), currentRows),
    part: psi === 0 ? 0 : sum(some, "psi") / psi,
  });
  if (bins.length <= SLOTS_MAX) return bins.map((bin) => bar(shortLabel(bin), [bin]));
  const kept = new Set([...bins].sort((a, b) => b.psi - a.psi).slice(0, SLOTS_MAX - 1));
  const rest = bins.filter((bin) => !kept.has(bin));
  return [...bins.filter((bin) => kept.has(bin)).map((bin) => bar(bin.label, [bin])), bar(`${rest.length} more`, rest)];
}

/** Bounds to three digits, as far as they still differ. */
function shortLabel({ label, low, high }: ComparedBin): string {
  if (low === null || high === null) return low === null && high === null ? label : `${low === null ? "≤" : ">"} ${shortNumber(low ?? high ?? 0, 3)}`;
  const [from, to] = [shortNumber(low, 3), shortNumber(high, 3)];
  return from === to ? label : `${from} to ${to}`;
}

function sum(bins: readonly ComparedBin[], field: "baseline" | "current" | "psi"): number {
  return bins.reduce((total, bin) => total + bin[field], 0);
}

function drawBar(
  { label, before, now, part }: Bar,
  { x, slot, y }: { readonly x: number; readonly slot: number; readonly y: (share: number) => number },
): string {
  const width = slot * 0.36;
  const rect = (kind: string, at: number, share: number): string =>
    `<rect class="${kind}" x="${at.toFixed(1)}" y="${y(share).toFixed(1)}" width="${width.toFixed(1)}" height="${(PLOT.bottom - y(share)).toFixed(1)}"/>`;
  const title = `<title>${escapeHtml(`${label}: ${percent(before)} → ${percent(now)}, ${percent(part)} of the PSI`)}</title>`;
  const middle = x + slot / 2;
  const isMoved = part >= MOVED_SHARE;
  const mark = isMoved
    ? `<text class="moved" x="${middle.toFixed(1)}" y="${(y(Math.max(before, now)) - 5).toFixed(1)}" text-anchor="middle">${now > before ? "▲" : "▼"}</text>`
    : "";
  const shown = label.length > 16 ? `${label.slice(0, 15)}…` : label;
  const text = `<text class="label" transform="translate(${(middle + 3).toFixed(1)} ${PLOT.bottom + 10}) rotate(24)">${escapeHtml(shown)}</text>`;
  return `<g>${title}${rect("before", x + slot * 0.12, before)}${rect("now", x + slot * 0.52, now)}${mark}${text}</g>`;
}
