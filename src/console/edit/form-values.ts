import { z } from "zod";
import {
  type Entity,
  entitySchema,
  type FeatureService,
  type FeatureView,
  FILE_FORMATS,
  type FileSource,
  featureServiceSchema,
  featureViewSchema,
  fileSourceSchema,
  SCALAR_TYPES,
  VALUE_TYPES,
} from "../../domain/index.ts";
import { formatDuration, parseDuration } from "../../kit/index.ts";
import { expectFields, expectValues, toExpectations } from "./expect-values.ts";

/*
 * What stands in the fields of a form, and the definition that it makes: texts become durations, rows become tags, and the schema that the server
 * uses too has the last word. Fields have the names of the definition's, so that what it finds wrong is shown where it is.
 */

const tagRows = z.array(z.object({ key: z.string(), value: z.string() })).superRefine((rows, context) => {
  for (const [index, { key, value }] of rows.entries()) {
    if (key.trim() === "" && value !== "") context.addIssue({ code: "custom", path: [index, "key"], message: "A tag needs a key." });
    if (key.trim() !== "" && rows.findIndex((row) => row.key.trim() === key.trim()) < index)
      context.addIssue({ code: "custom", path: [index, "key"], message: `There are two tags ${key}.` });
  }
});

const describedFields = { name: z.string(), description: z.string(), owner: z.string(), tags: tagRows };

interface DescribedValues {
  readonly name: string;
  readonly description: string;
  readonly owner: string;
  readonly tags: readonly { readonly key: string; readonly value: string }[];
}

function toDescribed({ name, description, owner, tags }: DescribedValues) {
  const rows = tags.filter(({ key }) => key.trim() !== "").map(({ key, value }) => [key.trim(), value.trim()]);
  return { name: name.trim(), description: description.trim(), owner: orNull(owner), tags: Object.fromEntries(rows) as Record<string, string> };
}

function fromDescribed(definition: Pick<Entity, "name" | "description" | "owner" | "tags"> | null) {
  const tags = Object.entries(definition?.tags ?? {}).map(([key, value]) => ({ key, value }));
  return { name: definition?.name ?? "", description: definition?.description ?? "", owner: definition?.owner ?? "", tags };
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

const joinKeyRows = z.array(z.object({ name: z.string(), type: z.enum(SCALAR_TYPES) }));

export const entityForm = z
  .object({ ...describedFields, joinKeys: joinKeyRows })
  .transform((values) => ({
    kind: "entity" as const,
    ...toDescribed(values),
    joinKeys: values.joinKeys.map(({ name, type }) => ({ name: name.trim(), type })),
  }))
  .pipe(entitySchema);

export type EntityValues = z.input<typeof entityForm>;

export function entityValues(entity: Entity | null): EntityValues {
  return { ...fromDescribed(entity), joinKeys: entity?.joinKeys.map((key) => ({ ...key })) ?? [{ name: "", type: "int64" }] };
}

export const sourceForm = z
  .object({ ...describedFields, path: z.string(), format: z.enum(FILE_FORMATS), timestampField: z.string(), createdTimestampColumn: z.string() })
  .transform((values) => ({
    kind: "data_source" as const,
    type: "file" as const,
    ...toDescribed(values),
    path: values.path.trim(),
    pathAsWritten: values.path.trim(),
    format: values.format,
    timestampField: values.timestampField,
    createdTimestampColumn: orNull(values.createdTimestampColumn),
  }))
  .pipe(fileSourceSchema);

export type SourceValues = z.input<typeof sourceForm>;

export function sourceValues(source: FileSource | null): SourceValues {
  return {
    ...fromDescribed(source),
    path: source?.path ?? "",
    format: source?.format ?? "parquet",
    timestampField: source?.timestampField ?? "",
    createdTimestampColumn: source?.createdTimestampColumn ?? "",
  };
}

const featureRows = z.array(
  z.object({
    name: z.string(),
    type: z.enum(VALUE_TYPES),
    column: z.string(),
    description: z.string(),
    tags: z.record(z.string(), z.string()),
    expect: expectFields,
  }),
);

/** `schedule`, `freshnessSeconds` and `transform` have no field here: they stay as they are. */
export const viewForm = z
  .object({
    ...describedFields,
    source: z.string(),
    entities: z.array(z.string()),
    features: featureRows,
    ttlSeconds: z.string().refine(isDurationOrEmpty, "Write a whole number and a unit, such as 30s, 5m, 2h or 7d."),
    online: z.boolean(),
    team: z.string(),
    kept: z.object({ transform: z.string().nullable(), schedule: z.string().nullable(), freshnessSeconds: z.number().nullable() }),
  })
  .transform((values) => ({
    kind: "feature_view" as const,
    type: "batch" as const,
    ...toDescribed(values),
    entities: values.entities,
    ttlSeconds: values.ttlSeconds.trim() === "" ? null : parseDuration(values.ttlSeconds) || null,
    features: values.features.map(({ expect, ...feature }) => {
      const expectations = toExpectations(feature.type, expect);
      const texts = { name: feature.name.trim(), description: feature.description.trim() };
      return { ...feature, ...texts, ...(expectations !== undefined && { expect: expectations }) };
    }),
    source: values.source,
    online: values.online,
    team: orNull(values.team),
    ...values.kept,
  }))
  .pipe(featureViewSchema);

export type ViewValues = z.input<typeof viewForm>;

export function viewValues(view: FeatureView | null): ViewValues {
  return {
    ...fromDescribed(view),
    source: view?.source ?? "",
    entities: [...(view?.entities ?? [])],
    features: view?.features.map((feature) => ({ ...feature, tags: { ...feature.tags }, expect: expectValues(feature.expect) })) ?? [],
    ttlSeconds: view?.ttlSeconds ? formatDuration(view.ttlSeconds) : "",
    online: view?.online ?? true,
    team: view?.team ?? "",
    kept: { transform: view?.transform ?? null, schedule: view?.schedule ?? null, freshnessSeconds: view?.freshnessSeconds ?? null },
  };
}

function isDurationOrEmpty(text: string): boolean {
  return text.trim() === "" || /^\d{1,9}(s|m|h|d)$/.test(text.trim());
}

const roleRows = z.array(z.object({ key: z.string(), as: z.string() }));

export const serviceForm = z
  .object({
    ...describedFields,
    projections: z.array(z.object({ view: z.string(), isWhole: z.boolean(), features: z.array(z.string()), alias: z.string(), roles: roleRows })),
  })
  .transform((values) => ({
    kind: "feature_service" as const,
    ...toDescribed(values),
    projections: values.projections.map(({ view, isWhole, features, alias, roles }) => ({
      view,
      features: isWhole ? null : features,
      alias: orNull(alias),
      joinKeyMap: Object.fromEntries(roles.filter(({ as }) => as.trim() !== "").map(({ key, as }) => [key, as.trim()])) as Record<string, string>,
    })),
  }))
  .pipe(featureServiceSchema);

export type ServiceValues = z.input<typeof serviceForm>;
export type PartValues = ServiceValues["projections"][number];

export function serviceValues(service: FeatureService | null): ServiceValues {
  const projections = service?.projections.map(({ view, features, alias, joinKeyMap }) => ({
    view,
    isWhole: features === null,
    features: [...(features ?? [])],
    alias: alias ?? "",
    roles: Object.entries(joinKeyMap).map(([key, as]) => ({ key, as })),
  }));
  return { ...fromDescribed(service), projections: projections ?? [] };
}
