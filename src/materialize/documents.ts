import { z } from "zod";
import type { ExpectationFinding } from "../domain/index.ts";
import type { Micros } from "../kit/index.ts";
import type { Stage, StageWindow } from "../offline/index.ts";
import type { MaterializeChecks, MaterializeReceipt, MaterializeWindow } from "./port.ts";

/*
 * What a run keeps as JSON: its request, and the checkpoint where another worker goes on. JSON has no bigint: times are digits in text.
 */

const micros = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const microsOrNull = micros.nullable();

const requestWindow = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everything") }),
  z.object({ kind: z.literal("range"), start: micros, end: micros }),
  z.object({ kind: z.literal("incremental"), end: microsOrNull }),
]);

const materializeRequest = z.object({ view: z.string(), window: requestWindow, allowFailedChecks: z.boolean().default(false) });

export interface MaterializeRequest {
  readonly view: string;
  readonly window: MaterializeWindow;
  /** Rows are written even where an expectation that blocks does not hold. */
  readonly allowFailedChecks: boolean;
}

export function readRequest(json: unknown): MaterializeRequest {
  return materializeRequest.parse(json);
}

const stageWindow = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("everything"), end: micros }),
  z.object({ kind: z.literal("range"), start: micros, end: micros }),
  z.object({ kind: z.literal("incremental"), eventAfter: micros, end: micros, createdAfter: microsOrNull, createdUntil: micros }),
]) satisfies z.ZodType<StageWindow>;

const stage = z.object({
  directory: z.string(),
  shards: z.array(z.object({ file: z.string(), rows: z.number() })),
  rowsRead: z.number(),
  keys: z.number(),
  bytes: z.number(),
  rejected: z.array(z.object({ reason: z.string(), count: z.number() })),
  newestEvent: microsOrNull,
  newestCreated: microsOrNull,
}) satisfies z.ZodType<Stage>;

const finding = z.object({
  feature: z.string(),
  expectation: z.enum(["min", "max", "allowed", "nullRateMax", "unique"]),
  rows: z.number(),
  example: z.object({ key: z.string(), value: z.string().nullable() }).nullable(),
  limit: z.string(),
  of: z.number(),
  onFailure: z.enum(["warn", "block"]),
}) satisfies z.ZodType<ExpectationFinding>;

const checks = z.object({ expected: z.number(), findings: z.array(finding), overridden: z.boolean() }) satisfies z.ZodType<MaterializeChecks>;

const counts = z.object({ written: z.number(), created: z.number(), unchanged: z.number(), skippedOlder: z.number(), bytes: z.number() });

const checkpoint = z.object({
  versionId: z.string(),
  store: z.string(),
  epoch: z.string(),
  startedAt: micros,
  resolved: z.object({ window: stageWindow, note: z.string(), isFull: z.boolean(), movesWatermark: z.boolean() }),
  fingerprint: z.record(z.string(), z.object({ size: z.number(), modifiedMs: z.number() })),
  stage,
  /** Of this stage: whoever goes on here goes on with this verdict. */
  checks,
  shardsDone: z.number(),
  counts,
  /** One checksum per shard done: of the rows as staged, and as read back. */
  checksums: z.object({ offline: z.array(z.string()), online: z.array(z.string()) }),
  seconds: z.object({ staging: z.number(), writing: z.number(), verifying: z.number() }),
});

/** Everything settled so far: a worker that has this goes on at shard `shardsDone`. */
export type Checkpoint = z.output<typeof checkpoint>;
export type Counts = Checkpoint["counts"];

/** Null when there is none, or one of another shape: then the run begins anew. */
export function readCheckpoint(json: unknown): Checkpoint | null {
  const parsed = checkpoint.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** The JSON form of a request or checkpoint. */
export function toDocument(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (_key, entry: unknown) => (typeof entry === "bigint" ? entry.toString() : entry)));
}

const rejection = z.object({ reason: z.string(), count: z.number() });
const receipt = z.object({
  view: z.string(),
  version: z.number(),
  store: z.string(),
  windowNote: z.string(),
  start: z.string().nullable(),
  end: z.string(),
  rowsRead: z.number(),
  keys: z.number(),
  written: z.number(),
  unchanged: z.number(),
  skippedOlder: z.number(),
  rejected: z.number(),
  rejections: z.array(rejection),
  checks: checks.default({ expected: 0, findings: [], overridden: false }), // receipts from before there were any
  bytes: z.number(),
  seconds: z.number(),
  phases: z.object({ staging: z.number(), writing: z.number(), verifying: z.number() }),
  checksumOffline: z.string(),
  checksumOnline: z.string(),
  newestEvent: z.string().nullable(),
}) satisfies z.ZodType<MaterializeReceipt, unknown>;

/** The receipt of a run, null when it has none (yet). */
export function readReceipt(json: unknown): MaterializeReceipt | null {
  const parsed = receipt.safeParse(json);
  return parsed.success ? parsed.data : null;
}

/** Part of a run's key: two requests of one window are one run, unless only one of them writes whatever the checks say. */
export function requestKey({ window, allowFailedChecks }: Omit<MaterializeRequest, "view">): string {
  return allowFailedChecks ? `${windowKey(window)}:allow-failed-checks` : windowKey(window);
}

function windowKey(window: MaterializeWindow): string {
  const time = (value: Micros | null) => value?.toString() ?? "now";
  switch (window.kind) {
    case "everything":
      return "everything";
    case "incremental":
      return `incremental:${time(window.end)}`;
    case "range":
      return `range:${time(window.start)}:${time(window.end)}`;
  }
}
