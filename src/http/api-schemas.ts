import type { FastifySchema } from "fastify";
import { z } from "zod";
import type { RouteOptions } from "./port.ts";

/** JSON Schemas of what the server answers, for the API document. */
type JsonSchema = Readonly<Record<string, unknown>>;

const text = { type: "string" } as const;
const whole = { type: "integer" } as const;
const listOf = (items: JsonSchema): JsonSchema => ({ type: "array", items });
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({ type: "object", properties, required: Object.keys(properties) });
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: "null" }] });

const status = { type: "string", enum: ["PRESENT", "NULL_VALUE", "NOT_FOUND", "OUTSIDE_MAX_AGE"] };
const vector = object({ values: listOf({}), statuses: listOf(status), event_timestamps: listOf({ type: "string", format: "date-time" }) });

export const schemas = {
  onlineFeatures: object({ metadata: object({ feature_names: listOf(text) }), results: listOf(vector) }),
  written: object({ accepted: whole, rejected: listOf(object({ row: whole, field: text, reason: text, view: text })) }),
  startedRuns: object({ group: text, runs: listOf(object({ run: text, view: text, joined: { type: "boolean" } })) }),
  startedJoin: object({ run: text, state: text, joined: { type: "boolean" }, status: text, download: text }),
  upload: object({ entity_rows: text, rows: whole, bytes: whole, columns: listOf(object({ name: text, type: orNull(text) })) }),
  run: object({
    run: text,
    kind: text,
    subject: text,
    state: text,
    finished: { type: "boolean" },
    progress: {},
    receipt: {},
    error: {},
    download: orNull(text),
  }),
  live: object({ status: { const: "live" } }),
  ready: object({ status: { enum: ["ready", "not ready"] }, checks: listOf(object({ name: text, ok: { type: "boolean" }, problem: orNull(text) })) }),
} as const;

const error = object({ error: object({ code: text, message: text, hint: orNull(text) }), detail: text });

const FAILS: Readonly<Record<number, string>> = {
  400: "The request is wrong; the message names the field",
  403: "Not allowed",
  404: "Unknown project, view, feature, service or source",
  409: "Not now",
  413: "The body is too large",
  422: "No row was accepted, or not built yet",
  503: "Something that this needs is down; try again",
};

export interface RouteDocument {
  readonly summary: string;
  readonly body?: z.ZodType;
  readonly answers: JsonSchema;
  readonly fails: readonly number[];
}

/** A route's entry in the API document; the copies under /p/<project> stay out of it. */
export function document({ isListed }: RouteOptions, { summary, body, answers, fails }: RouteDocument): FastifySchema {
  const response: Record<number, JsonSchema> = { 200: { description: "Done", ...answers } };
  for (const code of fails) response[code] = { description: FAILS[code] ?? "Failed", ...(code === 503 && answers === schemas.ready ? answers : error) };
  const schema = { summary, hide: !isListed, response, ...(body === undefined ? {} : { body: bodySchema(body) }) };
  return schema;
}

function bodySchema(body: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(body, { io: "input", unrepresentable: "any", target: "draft-7" });
  return schema;
}
