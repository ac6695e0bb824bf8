import { z } from "zod";
import { LarderError } from "../kit/index.ts";

/*
 * Bodies as Feast's feature server takes them. Fields that a newer Feast may send beside these are left alone, as Feast does.
 * Lists of values are only checked to be lists: the verbs type them column by column.
 */

const valueList = z
  .custom<readonly unknown[]>(Array.isArray, "expected a list of values")
  .meta({ type: "array", items: {}, description: "One value per row." });
const columns = (description: string) => z.record(z.string(), valueList).meta({ description });

export const getOnlineFeaturesBody = z.object({
  entities: columns("Join key → its values, one per entity row."),
  features: z.array(z.string()).optional().meta({ description: "Features as view:feature, in the order of the answer." }),
  feature_service: z.string().nullish().meta({ description: "A feature service, instead of features." }),
  full_feature_names: z.boolean().default(false).meta({ description: "Call features view__feature." }),
  include_feature_view_version_metadata: z.boolean().default(false).meta({ description: "Name the version that each view answered from." }),
});

const rows = columns("Column → its values, one per row.");
const allowRegistryCache = z.boolean().default(true).meta({ description: "false: look at the registry first." });

export const pushBody = z.object({
  push_source_name: z.string(),
  df: rows,
  to: z.enum(["online", "offline", "online_and_offline"]).default("online"),
  allow_registry_cache: allowRegistryCache,
  transform_on_write: z.boolean().default(true).meta({ description: "false: the rows are what the view's transform would give." }),
});

export const writeToOnlineStoreBody = z.object({
  feature_view_name: z.string(),
  df: rows,
  allow_registry_cache: allowRegistryCache,
});

const viewNames = z.array(z.string()).nullish().meta({ description: "Left out: every view that is served online." });
const viewVersion = z.string().nullish().meta({ description: "Not built yet: a view's newest version is materialized." });

const allowFailedChecks = z.boolean().default(false).meta({ description: "Write rows even where an expectation that blocks does not hold." });

export const materializeBody = z.object({
  start_ts: z.string().nullish().meta({ description: "ISO 8601; a time without a zone is UTC." }),
  end_ts: z.string().nullish().meta({ description: "ISO 8601; after now is now." }),
  feature_views: viewNames,
  disable_event_timestamp: z.boolean().default(false).meta({ description: "Everything there is, whatever its time." }),
  allow_failed_checks: allowFailedChecks,
  version: viewVersion,
});

export const materializeIncrementalBody = z.object({
  end_ts: z.string().nullish().meta({ description: "ISO 8601; left out or after now: now." }),
  feature_views: viewNames,
  allow_failed_checks: allowFailedChecks,
  version: viewVersion,
});

export const historicalFeaturesBody = z.object({
  entities: columns("Entity rows: column → its values, with the time column and any others (labels), which pass through.").optional(),
  entity_rows: z.string().nullish().meta({ description: "Or else a file that POST /entity-rows took." }),
  entity_source: z
    .object({
      source: z.string(),
      start: z.string().nullish().meta({ description: "ISO 8601, included." }),
      end: z.string().nullish().meta({ description: "ISO 8601, included." }),
      limit: z.number().int().optional(),
      seed: z.number().int().optional(),
      keep: z.array(z.string()).optional().meta({ description: "More of its columns to carry along." }),
    })
    .nullish()
    .meta({ description: "Or else a sample of a data source's keys and event times." }),
  training_set: z.string().nullish().meta({ description: "Or else a saved training set, which has features and all." }),
  features: z.array(z.string()).optional().meta({ description: "Features as view:feature, in the order of the columns." }),
  feature_service: z.string().nullish().meta({ description: "A feature service, instead of features." }),
  full_feature_names: z.boolean().default(false).meta({ description: "Call features view__feature." }),
  event_timestamp_column: z.string().default("event_timestamp").meta({ description: "The entity rows' column that says when." }),
  known_at_delay_seconds: z.number().int().nullish().meta({ description: "Leave out rows created after the entity row's time less this." }),
  key_map: z.record(z.string(), z.record(z.string(), z.string())).nullish().meta({ description: "View → its join keys under other names." }),
});
export type HistoricalFeaturesBody = z.output<typeof historicalFeaturesBody>;

/** The body as the schema says. Throws invalid_argument that names the first field that is wrong. */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "the body";
  throw new LarderError("invalid_argument", `${field}: ${reasonOf(issue)}.`, { details: { field } });
}

function reasonOf(issue: z.core.$ZodIssue | undefined): string {
  if (issue === undefined) return "wrong";
  if (issue.code === "invalid_value") return `expected one of ${issue.values.join(", ")}`;
  return issue.message.replace(/^Invalid input: /, "").replace(/, received undefined$/, ", but it is missing");
}
