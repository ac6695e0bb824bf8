import { z } from "zod";
import { SCALAR_TYPES } from "../domain/index.ts";
import type { Pins, TrainingReceipt, TrainingSetSpec, Upload } from "./port.ts";

/*
 * What training sets and their runs keep as JSON, and what doors take from outside.
 */

const name = z.string().min(1).max(200);

const upload = z.object({
  kind: z.literal("upload"),
  upload: z.string().regex(/^[0-9A-Z]{26}$/, "is no upload"),
  fileName: z.string().max(400),
  format: z.enum(["parquet", "csv", "jsonl"]),
  bytes: z.number(),
  rows: z.number(),
  sha256: z.string(),
  columns: z.array(z.object({ name: z.string(), type: z.string().nullable() })),
}) satisfies z.ZodType<Upload>;

const DRAWN_ROWS_MAX = 5_000_000;

const drawn = z.object({
  kind: z.literal("source"),
  source: name,
  start: z.string().nullable().default(null),
  end: z.string().nullable().default(null),
  limit: z.number().int().min(1).max(DRAWN_ROWS_MAX).default(10_000),
  seed: z.number().int().min(0).max(2_147_483_647).default(1),
  keep: z.array(name).max(500).default([]),
});

const common = {
  eventTimestampColumn: name.default("event_timestamp"),
  features: z.array(z.string().max(300)).max(10_000).nullable().default(null),
  service: name.nullable().default(null),
  fullFeatureNames: z.boolean().default(false),
  knownAtDelaySeconds: z.number().int().min(0).nullable().default(null),
  keyMap: z.record(z.string(), z.record(z.string(), name)).default({}),
};

const spec = z.object({ entityRows: z.discriminatedUnion("kind", [upload, drawn]), ...common }) satisfies z.ZodType<TrainingSetSpec>;

/** A spec as a caller sends it: an upload is named by its id. */
export const askedSpec = z.object({ entityRows: z.discriminatedUnion("kind", [upload.pick({ kind: true, upload: true }), drawn]), ...common });
export type AskedSpec = z.input<typeof askedSpec>;

/** What a door takes to make a training set; the names of things are checked by the verb. */
export const newTrainingSetInput = z.object({ name: z.string().min(1).max(128), description: z.string().max(2_000).default(""), spec: askedSpec });

const pins = z.object({
  views: z.array(
    z.object({
      view: z.string(),
      versionId: z.string(),
      version: z.number(),
      ttlSeconds: z.number().nullable(),
      joinKeys: z.array(z.object({ name: z.string(), type: z.enum(SCALAR_TYPES) })),
      joinKeyMap: z.record(z.string(), z.string()),
      features: z.array(z.object({ feature: z.string(), output: z.string() })),
    }),
  ),
  outputs: z.array(z.string()),
}) satisfies z.ZodType<Pins>;

const request = z.object({ set: z.object({ id: z.string(), name: z.string() }).nullable(), spec, pins });

/** What a run was asked to do: everything that it needs to know. */
export type TrainingRequest = z.output<typeof request>;

export function readUpload(json: unknown): Upload {
  return upload.parse(json);
}

export function readTrainingRequest(json: unknown): TrainingRequest {
  return request.parse(json);
}

const source = z.object({ source: z.string(), files: z.number(), bytes: z.number(), modified: z.string().nullable(), digest: z.string() });
const change = z.object({ what: z.enum(["source", "entity_rows", "version", "ttl", "definition"]), name: z.string(), note: z.string() });
const receipt = z.object({
  set: z.string().nullable(),
  entityRows: z.object({ from: z.string(), rows: z.number(), digest: z.string() }),
  views: z.array(
    z.object({
      view: z.string(),
      joinKeyMap: z.record(z.string(), z.string()),
      versionId: z.string(),
      version: z.number(),
      ttlSeconds: z.number().nullable(),
      source,
      matched: z.number(),
      expired: z.number(),
      notFound: z.number(),
    }),
  ),
  definition: z.string(),
  rows: z.number(),
  columns: z.array(z.string()),
  features: z.array(z.string()),
  rejected: z.array(z.object({ view: z.string(), reason: z.string(), count: z.number() })),
  bytes: z.number(),
  checksum: z.string(),
  file: z.string(),
  seconds: z.number(),
  phases: z.object({ entityRows: z.number(), joining: z.number(), counting: z.number(), statistics: z.number() }),
  compared: z.object({ run: z.string(), sameBytes: z.boolean(), changed: z.array(change) }).nullable(),
}) satisfies z.ZodType<TrainingReceipt>;

/** The receipt of a run, null when it has none (yet). */
export function readTrainingReceipt(json: unknown): TrainingReceipt | null {
  const parsed = receipt.safeParse(json);
  return parsed.success ? parsed.data : null;
}
