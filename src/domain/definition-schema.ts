import { z } from "zod";
import type { Entity, FeatureService, FeatureView, FileSource } from "./definition.ts";
import { ALLOWED_MAX, expectationMistakes } from "./expectations.ts";
import { isName, NAME_RULE } from "./feature-ref.ts";
import { FILE_FORMATS } from "./file-format.ts";
import { SCALAR_TYPES, VALUE_TYPES } from "./value-type.ts";

/*
 * What the console makes, as schemas that its forms and its server share. They say what a record looks like; whether names lead somewhere and
 * columns fit is for registry/ to tell.
 */

const TEXT_MAX = 2_000;
const ITEMS_MAX = 5_000;

const nameSchema = z
  .string()
  .min(1, "Give it a name.")
  .refine((text) => text === "" || isName(text), { error: `Names are ${NAME_RULE}.` });

const text = z.string().max(TEXT_MAX);
const optionalText = text.min(1).nullable();
const tagsSchema = z.record(z.string().min(1, "A tag needs a key.").max(128), text);
const seconds = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER).nullable();

const described = { name: nameSchema, description: text, owner: optionalText, tags: tagsSchema };

/** Each name once, as SQL sees names. */
function refuseTwice(context: z.RefinementCtx, names: readonly string[], path: (index: number) => PropertyKey[]): void {
  const seen = new Set<string>();
  for (const [index, name] of names.entries()) {
    const key = name.toLowerCase();
    if (name !== "" && seen.has(key)) context.addIssue({ code: "custom", path: path(index), message: `There are two called ${name}.` });
    seen.add(key);
  }
}

export const entitySchema = z
  .object({
    kind: z.literal("entity"),
    ...described,
    joinKeys: z
      .array(z.object({ name: nameSchema, type: z.enum(SCALAR_TYPES) }))
      .min(1, "Name at least one join key.")
      .max(ITEMS_MAX),
  })
  .superRefine(({ joinKeys }, context) =>
    refuseTwice(
      context,
      joinKeys.map(({ name }) => name),
      (index) => ["joinKeys", index, "name"],
    ),
  ) satisfies z.ZodType<Entity>;

export const fileSourceSchema = z
  .object({
    kind: z.literal("data_source"),
    type: z.literal("file"),
    ...described,
    path: z.string().min(1, "Pick a file.").max(4_096),
    pathAsWritten: z.string().min(1).max(4_096),
    format: z.enum(FILE_FORMATS),
    timestampField: text.min(1, "Say which column holds event time."),
    createdTimestampColumn: optionalText,
  })
  .refine(({ timestampField, createdTimestampColumn }) => timestampField !== createdTimestampColumn, {
    path: ["createdTimestampColumn"],
    error: "Event time and created time must be two columns.",
  }) satisfies z.ZodType<FileSource>;

const bound = z.union([z.number(), z.string().max(40)]);

const expectSchema = z.object({
  min: bound.optional(),
  max: bound.optional(),
  allowed: z
    .array(z.union([text, z.number(), z.boolean()]))
    .max(ALLOWED_MAX)
    .optional(),
  nullRateMax: z.number().optional(),
  unique: z.literal(true).optional(),
  onFailure: z.enum(["warn", "block"]),
});

const featureSchema = z
  .object({
    name: nameSchema,
    type: z.enum(VALUE_TYPES, { error: "Choose a type." }),
    column: text.min(1),
    description: text,
    tags: tagsSchema,
    expect: expectSchema.optional(),
  })
  .superRefine(({ type, expect }, context) => {
    if (expect === undefined) return;
    for (const { field, message } of expectationMistakes(type, expect)) {
      context.addIssue({ code: "custom", path: field === null ? ["expect"] : ["expect", field], message: `${message[0]?.toUpperCase()}${message.slice(1)}.` });
    }
  });

export const featureViewSchema = z
  .object({
    kind: z.literal("feature_view"),
    type: z.literal("batch"),
    ...described,
    entities: z.array(nameSchema).max(100),
    ttlSeconds: seconds,
    features: z.array(featureSchema).min(1, "Tick at least one column.").max(ITEMS_MAX),
    source: z.string().min(1, "Choose a source."),
    transform: z.string().max(100_000).nullable(),
    online: z.boolean(),
    team: optionalText,
    schedule: optionalText,
    freshnessSeconds: seconds,
  })
  .superRefine(({ features }, context) =>
    refuseTwice(
      context,
      features.map(({ name }) => name),
      (index) => ["features", index, "name"],
    ),
  ) satisfies z.ZodType<FeatureView>;

export const featureServiceSchema = z.object({
  kind: z.literal("feature_service"),
  ...described,
  projections: z
    .array(
      z.object({
        view: nameSchema,
        features: z.array(nameSchema).min(1, "Pick at least one feature.").max(ITEMS_MAX).nullable(),
        alias: nameSchema.nullable(),
        joinKeyMap: z.record(nameSchema, nameSchema),
      }),
    )
    .min(1, "Pick features of at least one view.")
    .max(ITEMS_MAX),
}) satisfies z.ZodType<FeatureService>;

/** A definition that can be made by click. */
export const consoleDefinitionSchema = z.discriminatedUnion("kind", [entitySchema, fileSourceSchema, featureViewSchema, featureServiceSchema]);

export type ConsoleDefinition = Entity | FileSource | FeatureView | FeatureService;
