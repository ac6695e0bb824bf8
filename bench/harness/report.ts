import { availableParallelism, cpus, totalmem } from "node:os";
import type { Bench, Measure } from "./bench.ts";
import { ratios, type Summary, summarize } from "./statistics.ts";

export interface BenchReport {
  readonly bench: Pick<Bench, "name" | "title" | "reference">;
  readonly measures: readonly Measure[];
  /** What else the machine did: processes that wanted a core, averaged over the minute before. */
  readonly load: { readonly before: number; readonly after: number };
}

/** The machine that figures belong to. */
export function describeMachine() {
  const [cpu] = cpus();
  return {
    cores: availableParallelism(),
    cpu: cpu?.model.trim() ?? "unknown",
    memory_gb: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
  };
}

/** All figures as one JSON document: every round, and medians with their spread. */
export function reportDocument(reports: readonly BenchReport[], { date, quick }: { readonly date: Date; readonly quick: boolean }) {
  const benches = reports.map(({ bench, measures, load }) => ({
    name: bench.name,
    title: bench.title,
    reference: bench.reference,
    load_average: load,
    measures: measures.map((measure) => ({
      what: measure.what,
      unit: measure.unit,
      ours: { ...summarize(measure.ours), rounds: measure.ours },
      reference: measure.reference === null ? null : { ...summarize(measure.reference), rounds: measure.reference },
      ratio: measure.reference === null ? null : summarize(ratios(measure.ours, measure.reference)),
      target: measure.target ?? null,
      limit: measure.limit ?? null,
      met: isMet(measure),
      feast_elsewhere: measure.feastElsewhere ?? null,
    })),
  }));
  return { date: date.toISOString(), machine: describeMachine(), quick, benches };
}

/** Whether the target is reached; null where there is none. */
export function isMet({ ours, reference, target, limit }: Measure): boolean | null {
  if (limit !== undefined) return isWithin(limit, summarize(ours).median);
  if (target === undefined || reference === null) return null;
  return isWithin(target, summarize(ratios(ours, reference)).median);
}

type Bound = { readonly min: number } | { readonly max: number };

function isWithin(bound: Bound, value: number): boolean {
  return "min" in bound ? value >= bound.min : value <= bound.max;
}

const HEADINGS = ["", "unit", "Larder", "reference", "ratio", "target", "Feast (measured elsewhere)"];

/** A bench's figures as a table: median (least–most). */
export function reportTable({ bench, measures, load }: BenchReport): string {
  const rows = measures.map((measure) => [
    measure.what,
    measure.unit,
    spread(summarize(measure.ours)),
    measure.reference === null ? "" : spread(summarize(measure.reference)),
    measure.reference === null ? "" : spread(summarize(ratios(measure.ours, measure.reference))),
    targetText(measure),
    measure.feastElsewhere === undefined ? "" : figure(measure.feastElsewhere),
  ]);
  const widths = HEADINGS.map((heading, column) => Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  const busy = `  load average: ${figure(load.before)} before, ${figure(load.after)} at the end, on ${availableParallelism()} cores`;
  return [`\n${bench.name}: ${bench.title}`, `  reference: ${bench.reference}`, busy, line(HEADINGS), ...rows.map(line)].join("\n");
}

function targetText(measure: Measure): string {
  const mark = { true: "✓", false: "✗", null: "" }[`${isMet(measure)}`];
  if (measure.limit !== undefined) return `${boundText(measure.limit, figure)} ${mark}`;
  return measure.target === undefined ? "" : `${boundText(measure.target, String)} ratio ${mark}`;
}

function boundText(bound: Bound, show: (value: number) => string): string {
  return "min" in bound ? `≥ ${show(bound.min)}` : `≤ ${show(bound.max)}`;
}

function spread({ median, min, max }: Summary): string {
  return min === max || Number.isNaN(median) ? figure(median) : `${figure(median)} (${figure(min)}–${figure(max)})`;
}

/** Three digits that count, thousands apart. */
function figure(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const decimals = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString("en-GB", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}
