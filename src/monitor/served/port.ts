import type { FeatureField, FeatureValue } from "../../domain/index.ts";
import type { Micros, Transaction } from "../../kit/index.ts";
import type { ServedStatus, ViewSampling } from "../../serve/index.ts";

export interface ServedValuesQuery {
  readonly project: string;
  readonly view: string;
  /** Samples of other versions are left out; null: of any version, for features whose type is the same in all. */
  readonly versionId: string | null;
  readonly features: readonly Pick<FeatureField, "name" | "type">[];
  /** Served in [start, end). */
  readonly start: Micros;
  readonly end: Micros;
  /** Entity keys at most, the most recently served ones. */
  readonly limit: number;
  /** What a key counts as for which no values were served (not found, or older than the ttl). A model saw null there. */
  readonly absent: "as_null" | "left_out";
}

/** Per feature, the newest value that was served for each entity key; keys for which a feature was never asked are not in it. */
export interface ServedValues {
  readonly columns: readonly { readonly feature: string; readonly values: readonly FeatureValue[] }[];
  /** Samples looked at, before the newest of each key was chosen. */
  readonly samples: number;
}

/** How many of a view's samples are kept. */
export interface ServedCount {
  readonly view: string;
  readonly samples: number;
  readonly newest: Micros;
  readonly byStatus: Readonly<Record<ServedStatus, number>>;
}

export interface SamplingSetting extends ViewSampling {
  readonly updatedBy: string;
  readonly updatedAt: Date;
}

/** How long samples, and the counts of what was found of them, are kept. */
export interface SampleRetention {
  /** Samples served before go. */
  readonly before: Micros;
  /** Counts of days before go. */
  readonly countsBefore: Micros;
  /** Of each view, the newest so many stay. */
  readonly rowsPerViewMax: number;
  /** Of all views together, the newest so many stay. */
  readonly rowsMax: number;
}

/** What serving answered, and how much of it is kept. */
export interface ServedSamples {
  /** For judging drift on what models were given. */
  values(query: ServedValuesQuery): Promise<ServedValues>;
  /** Views with samples served at or after; null: all views. */
  counts(project: string, since: Micros, views: readonly string[] | null): Promise<readonly ServedCount[]>;
  /** Settings that were made; a view without one goes by SAMPLING_DEFAULT. */
  settings(project: string): Promise<readonly SamplingSetting[]>;
  setRate(tx: Transaction, setting: ViewSampling & { readonly by: string; readonly at: Micros }): Promise<void>;
  /** Forgets old samples, and those and the settings of views that are gone. The samples forgotten. */
  sweep(retention: SampleRetention): Promise<number>;
}
