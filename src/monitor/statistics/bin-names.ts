import type { Bins } from "../../domain/index.ts";

/** What is in a bin: values of its own range or category, rare categories, categories that the baseline did not know, or no value. */
export type BinOf = "values" | "other" | "new" | "null";

/** `of` tells a category that is named like one of the other bins from that bin. */
export interface BinName {
  readonly label: string;
  readonly of: BinOf;
}

const LABELS = { other: "<other>", new: "<new>", null: "<null>" } as const;

/** Names bins for people, by their number; of numbers also runs of neighbouring bins, first to last. Null: the rows without a value. */
export function binNamer(bins: Bins): (first: number | null, last?: number | null) => BinName {
  const special = (of: Exclude<BinOf, "values">): BinName => ({ label: LABELS[of], of });
  if (bins.kind === "categorical") {
    const { categories } = bins;
    return (bin) => {
      const label = bin === null ? undefined : categories[bin];
      if (label !== undefined) return { label, of: "values" };
      return special(bin === null ? "null" : bin === categories.length ? "other" : "new");
    };
  }
  const edges = edgeTexts(bins.edges);
  return (first, last = first) => (first === null ? special("null") : { label: rangeLabel(edges[first - 1], edges[last ?? first]), of: "values" });
}

/** (low, high]; undefined: no bound on this side. */
function rangeLabel(low: string | undefined, high: string | undefined): string {
  if (high === undefined) return low === undefined ? "all values" : `> ${low}`;
  return low === undefined ? `≤ ${high}` : `${low} to ${high}`;
}

/** Digits that tell any two numbers apart. */
const DIGITS_MAX = 17;

/** Whole numbers in full, others to six digits, or as many as keep them apart from their neighbours: rounded, an edge names other rows. */
function edgeTexts(edges: readonly number[]): readonly string[] {
  return edges.map((edge, at) => {
    if (Number.isInteger(edge)) return String(edge);
    const neighbours = [edges[at - 1], edges[at + 1]].filter((other) => other !== undefined);
    for (let digits = 6; digits < DIGITS_MAX; digits++) {
      const text = shortNumber(edge, digits);
      if (neighbours.every((other) => shortNumber(other, digits) !== text)) return text;
    }
    return String(edge);
  });
}

/** A number for people: so many digits that count. */
export function shortNumber(value: number, digits = 6): string {
  return String(Number(value.toPrecision(digits)));
}
