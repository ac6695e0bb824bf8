import { UsageError } from "../context.ts";

/** What to read: `--features view:feature,…` or `--service NAME`, one of them. */
export interface FeatureOptions {
  readonly features?: string;
  readonly service?: string;
  readonly fullFeatureNames?: boolean;
}

export interface FeatureChoice {
  readonly features?: readonly string[];
  readonly service?: string;
  readonly fullFeatureNames: boolean;
}

/** Throws UsageError unless exactly one of the two is said. */
export function featureChoice({ features, service, fullFeatureNames = false }: FeatureOptions): FeatureChoice {
  if ((features === undefined) === (service === undefined)) {
    const hint = "--features driver_stats:conv_rate,driver_stats:acc_rate or --service driver_activity";
    throw new UsageError("Which features? Say --features or --service, one of them.", hint);
  }
  if (service !== undefined) return { service, fullFeatureNames };
  const list = (features ?? "").split(",").map((part) => part.trim());
  return { features: list.filter((part) => part !== ""), fullFeatureNames };
}
