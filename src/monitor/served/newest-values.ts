import type { FeatureValue } from "../../domain/index.ts";
import type { ServedStatus } from "../../serve/index.ts";
import type { ServedValues, ServedValuesQuery } from "./port.ts";

/** What was served for one entity key; its values stand in the order of its features. */
export interface ServedRow {
  readonly key: string;
  readonly status: ServedStatus;
  readonly features: readonly string[];
  readonly values: readonly FeatureValue[] | null;
}

/** Per feature, the value of the first row of each key that was asked for it: the newest, when rows come newest first. */
export function newestValues(rows: readonly ServedRow[], { features, absent }: Pick<ServedValuesQuery, "features" | "absent">): ServedValues["columns"] {
  return features.map(({ name }) => {
    const seen = new Set<string>();
    const values: FeatureValue[] = [];
    for (const row of rows) {
      const index = row.features.indexOf(name);
      if (index === -1 || seen.has(row.key)) continue;
      seen.add(row.key);
      if (row.values !== null) values.push(row.values[index] ?? null);
      else if (absent === "as_null") values.push(null);
    }
    return { feature: name, values };
  });
}
