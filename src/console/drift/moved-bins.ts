import { formatFigure } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";

export type SelectedWindow = NonNullable<Outputs["drift"]["feature"]["selected"]>;
type Bin = SelectedWindow["comparison"]["bins"][number];

export interface ShownBin {
  readonly label: string;
  /** The same for an axis: of numbers the upper edge alone. */
  readonly tick: string;
  readonly baseline: number;
  readonly current: number;
  /** Of all rows of its side. */
  readonly baselineShare: number;
  readonly currentShare: number;
  readonly psi: number;
  readonly shareOfPsi: number;
  /** Whether it is one of those that the shift is made of. */
  readonly isMoved: boolean;
}

/** A bin that makes up this much of the PSI is one that moved. */
const MOVED_FROM = 0.1;
/** A view of categories shows so many; the others are summed up in one. */
export const BINS_SHOWN = 24;
const WORDS = { null: "null", other: "other", new: "new" } as const;

/** The name of a bin for people: a category that says nothing by itself, or the name of another bin, stands in quotes. */
export function labelOf({ label, of }: Pick<Bin, "label" | "of">): string {
  if (of !== "values") return WORDS[of];
  return label.trim() === "" || label in WORDS ? `"${label}"` : label;
}

/** The bins of a window with what each is of its side and of the PSI. Only where values have moved beyond chance does a bin count as moved. */
export function shownBins({ comparison: { bins, psi }, verdict }: Pick<SelectedWindow, "comparison" | "verdict">): readonly ShownBin[] {
  const [n, m] = [total(bins, "baseline"), total(bins, "current")];
  const isShift = verdict === "drift" || verdict === "watch";
  return bins.map((bin) => {
    const shareOfPsi = psi === 0 ? 0 : bin.psi / psi;
    return {
      label: labelOf(bin),
      tick: tickOf(bin),
      baseline: bin.baseline,
      current: bin.current,
      baselineShare: n === 0 ? 0 : bin.baseline / n,
      currentShare: m === 0 ? 0 : bin.current / m,
      psi: bin.psi,
      shareOfPsi,
      isMoved: isShift && shareOfPsi >= MOVED_FROM,
    };
  });
}

/** As many as a chart can hold: of many categories those that are most of the PSI, in their order. */
export function binsToDraw(bins: readonly ShownBin[]): readonly ShownBin[] {
  if (bins.length <= BINS_SHOWN) return bins;
  const kept = new Set([...bins].sort((a, b) => b.psi - a.psi).slice(0, BINS_SHOWN - 1));
  const rest = bins.filter((bin) => !kept.has(bin));
  const sum = (of: (bin: ShownBin) => number): number => rest.reduce((all, bin) => all + of(bin), 0);
  const others: ShownBin = {
    label: `${rest.length} others`,
    tick: `${rest.length} others`,
    ...{ baseline: sum((bin) => bin.baseline), current: sum((bin) => bin.current) },
    ...{ baselineShare: sum((bin) => bin.baselineShare), currentShare: sum((bin) => bin.currentShare) },
    ...{ psi: sum((bin) => bin.psi), shareOfPsi: sum((bin) => bin.shareOfPsi), isMoved: false },
  };
  return [...bins.filter((bin) => kept.has(bin)), others];
}

const TICK_MAX = 14;

function tickOf(bin: Bin): string {
  const { low, high } = bin;
  if (high !== null) return `≤ ${formatFigure(Number(high.toPrecision(3)))}`;
  if (low !== null) return `> ${formatFigure(Number(low.toPrecision(3)))}`;
  const word = labelOf(bin);
  return word.length > TICK_MAX ? `${word.slice(0, TICK_MAX - 1)}…` : word;
}

function total(bins: readonly Bin[], side: "baseline" | "current"): number {
  return bins.reduce((sum, bin) => sum + bin[side], 0);
}
