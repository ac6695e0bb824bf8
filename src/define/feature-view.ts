import { cronMistake, type DataSource, type Entity, type FeatureView } from "../domain/index.ts";
import type { Duration } from "../kit/index.ts";
import { callSiteOf } from "./call-site.ts";
import { draftFrom } from "./draft.ts";
import { draftOfKind, type EntityHandle, makeHandle, type SourceHandle, type SqlQuery, type ViewHandle } from "./handle.ts";
import { DESCRIBED_KEYS, type DescribedOptions, type OptionReader, readOptions } from "./option-reader.ts";
import { readSchema, type Schema } from "./schema.ts";
import { selectAll, selectableView } from "./selection.ts";
import { sqlMistake } from "./sql.ts";
import { isUnloaded } from "./unloaded.ts";

export interface ViewOptions<F extends string, K extends string> extends DescribedOptions {
  /** What the features describe; their join keys are the view's. None, `[]`: the view has one row. */
  readonly entities: readonly EntityHandle<K>[];
  /** The features: `{ conv_rate: "float32" }`, or with `{ type, column, description, tags }`. */
  readonly schema: Schema<F>;
  /** How long a row answers after its event time; left out or zero: for ever. */
  readonly ttl?: Duration;
  /** SQL over `input`, the source's rows, in every join, materialize and stream: sql`select … from input`. */
  readonly transform?: SqlQuery;
  /** Whether the newest row per entity key is kept online. Default: true. */
  readonly online?: boolean;
  /** The team that decides about the view. */
  readonly team?: string;
  /** When to materialize incrementally: cron in five fields, UTC unless `CRON_TZ=Zone` stands before them. Left out: by hand. */
  readonly schedule?: string;
  /** How old the newest row may be before the view counts as late. Left out: twice the schedule's interval. */
  readonly freshness?: Duration;
}

export interface BatchViewOptions<F extends string, K extends string> extends ViewOptions<F, K> {
  /** Where the rows come from; with a push source, its batch source and what was pushed. */
  readonly source: SourceHandle<"file" | "postgres" | "push">;
}

export interface StreamViewOptions<F extends string, K extends string> extends ViewOptions<F, K> {
  /** Where the rows come from as they happen; their history is its batch source. */
  readonly source: SourceHandle<"kafka" | "push">;
}

/** Features of one entity set, from files, PostgreSQL or pushes. */
export function featureView<const F extends string, const K extends string = never>(options: BatchViewOptions<F, K>): ViewHandle<F, K> {
  const reader = readOptions("feature view", options, KEYS, callSiteOf(featureView));
  return readView<F, K>(reader, "batch", ["file", "postgres", "push"]);
}

/** Features of one entity set, from a stream beside its batch source. */
export function streamFeatureView<const F extends string, const K extends string = never>(options: StreamViewOptions<F, K>): ViewHandle<F, K> {
  const reader = readOptions("feature view", options, KEYS, callSiteOf(streamFeatureView));
  return readView<F, K>(reader, "stream", ["kafka", "push"]);
}

const KEYS = [...DESCRIBED_KEYS, "entities", "schema", "source", "ttl", "transform", "online", "team", "schedule", "freshness"];

function readView<F extends string, K extends string>(reader: OptionReader, type: FeatureView["type"], sourceTypes: readonly DataSource["type"][]) {
  const described = reader.described();
  const entities = readEntities(reader);
  const source = readSource(reader, type, sourceTypes);
  const features = readSchema(reader);
  const definition: FeatureView = {
    kind: "feature_view",
    type,
    ...described,
    entities: (entities ?? []).map((entity) => entity.name),
    ttlSeconds: reader.duration("ttl"),
    features,
    source: source?.name ?? "",
    transform: readTransform(reader),
    online: reader.flag("online", true),
    team: reader.optionalText("team"),
    schedule: readSchedule(reader),
    freshnessSeconds: reader.duration("freshness"),
  };
  if (entities !== null) checkColumns(reader, definition, entities, source);
  const usable = described.name !== "" && entities !== null && source !== null && features.length > 0;
  const references = [reader.raw("source"), ...asList(reader.raw("entities"))].filter((value) => typeof value === "object" && value !== null);
  const { pick, as } = selectAll<F, K>(selectableView(reader, described.name, entities, () => handle));
  const handle: ViewHandle<F, K> = makeHandle<ViewHandle<F, K>>(
    { kind: "feature_view", name: described.name, pick, as },
    draftFrom(reader, usable ? definition : null, references),
  );
  return handle;
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Null where one of them cannot be known. */
function readEntities(reader: OptionReader): readonly Entity[] | null {
  const given = reader.raw("entities");
  if (isUnloaded(given)) return null;
  if (!Array.isArray(given)) {
    reader.note(given === undefined ? "entities is missing: name them, such as [driver], or [] for a view of one row" : "entities must be a list of entities");
    return null;
  }
  const drafts = given.map((value: unknown, index) => {
    const draft = draftOfKind("entity", value);
    if (draft !== null) reader.adopt(draft);
    else if (!isUnloaded(value)) reader.note(`entities[${index}] is not an entity: make it by entity({ … })`);
    return draft?.definition ?? null;
  });
  return drafts.includes(null) ? null : drafts.filter((entity) => entity !== null);
}

function readSource(reader: OptionReader, type: FeatureView["type"], allowed: readonly DataSource["type"][]): DataSource | null {
  const given = reader.raw("source");
  if (isUnloaded(given)) return null;
  const draft = draftOfKind("data_source", given);
  if (draft === null) {
    reader.note(
      given === undefined ? "source is missing: say where its rows come from" : "source is not a data source: make it by fileSource({ … }) or another",
    );
    return null;
  }
  reader.adopt(draft);
  const source = draft.definition;
  if (source === null || allowed.includes(source.type)) return source;
  const instead = type === "batch" ? "use streamFeatureView for it" : "use featureView for it, or give it a kafkaSource or a pushSource";
  reader.note(`source "${source.name}" is a ${source.type} source: ${instead}`);
  return null;
}

function readTransform(reader: OptionReader): string | null {
  const given = reader.raw("transform");
  if (given === undefined || isUnloaded(given)) return null;
  const mistake = sqlMistake(given);
  if (mistake !== null) reader.note(`transform: ${mistake}`);
  return mistake === null ? (given as SqlQuery).text : null; // sqlMistake says that it is one
}

function readSchedule(reader: OptionReader): string | null {
  const schedule = reader.optionalText("schedule");
  const mistake = schedule === null ? null : cronMistake(schedule);
  if (mistake !== null) reader.note(`schedule: ${mistake}`);
  return schedule;
}

/** Names that would meet in one row, and, on a stream without a transform, columns that no message has. */
function checkColumns(reader: OptionReader, view: FeatureView, entities: readonly Entity[], source: DataSource | null): void {
  const joinKeys = entities.flatMap((entity) => entity.joinKeys.map(({ name }) => ({ name, entity: entity.name })));
  for (const [index, key] of joinKeys.entries()) {
    const first = joinKeys.find(({ name }) => name === key.name);
    if (first !== joinKeys[index]) reader.note(`entities "${first?.entity}" and "${key.entity}" both have the join key "${key.name}"`);
  }
  for (const { name } of view.features) {
    if (joinKeys.some((key) => key.name === name))
      reader.note(`schema.${name}: a feature cannot have the name of a join key; leave it out, the view has its join keys anyway`);
    if (name === source?.timestampField || name === source?.createdTimestampColumn) {
      reader.note(`schema.${name}: a feature cannot have the name of a time column; give it another name and column: "${name}"`);
    }
  }
  if (source?.type !== "kafka" || view.transform !== null) return;
  const columns = new Set([...joinKeys.map(({ name }) => name), ...view.features.map(({ column }) => column)]);
  for (const column of columns) {
    if (!Object.hasOwn(source.format.fields, column)) reader.note(`the messages of source "${source.name}" have no field "${column}"`);
  }
}
