import { type Bins, type FeatureValue, freezeCategories, freezeNumericBins } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { RowWindow, WindowColumn } from "../../offline/index.ts";
import { measuredValue } from "../served/measured-value.ts";
import { type ProfiledValue, profileValues } from "../statistics/profile-values.ts";

export interface MemoryColumn {
  readonly column: WindowColumn;
  /** One per entity key; columns need not be as long as each other. */
  readonly values: readonly FeatureValue[];
}

/** A window of values held in memory, profiled as rows of the engine are. It cannot be divided: its columns have no rows in common. */
export function memoryWindow(columns: readonly MemoryColumn[]): RowWindow {
  const measured = new Map(columns.map(({ column, values }) => [column.name, { column, values: values.map((value) => measuredValue(value, column)) }]));
  const named = (name: string) => {
    const found = measured.get(name);
    if (found === undefined) throw new LarderError("invalid_argument", `"${name}" is no column of the window.`);
    return found;
  };
  const numbersOf = (name: string) =>
    Float64Array.from(named(name).values.flatMap((value) => (typeof value === "number" && !Number.isNaN(value) ? [value] : []))).sort();
  return {
    rows: Math.max(0, ...columns.map(({ values }) => values.length)),
    columns: columns.map(({ column }) => column),
    freezeBins: async (names) =>
      names.map((name) =>
        named(name).column.kind === "numeric" ? freezeNumericBins(numbersOf(name).filter(Number.isFinite)) : categories(named(name).values),
      ),
    profile: async (binned) => binned.map(({ name, bins }) => profileValues(named(name).values, bins)),
    async segments() {
      throw new LarderError("failed_precondition", "Served values cannot be divided by another column.", {
        hint: "Judge rows of the source to see where a shift comes from.",
      });
    },
    async *sortedValues(column) {
      yield numbersOf(column);
    },
  };
}

function categories(values: readonly ProfiledValue[]): Bins {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return freezeCategories(counts);
}
