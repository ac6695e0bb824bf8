import { type BatchSource, batchSourceOf, type DataSource, type FeatureView, type FileSource } from "../../domain/index.ts";
import type { FeastDraft } from "./feast-draft.ts";
import { sparkType } from "./feast-types.ts";
import { describedArgs, seconds } from "./feast-values.ts";
import { code, type PythonValue, pythonCall } from "./python.ts";

type Mappings = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** The Python name of a source. */
export function sourceVariable(name: string): string {
  return `${name}_source`;
}

/** Writes every source that Feast can hold, the batch sources before the streams beside them; the names of those written. */
export function writeSources(draft: FeastDraft, sources: readonly DataSource[], mappings: Mappings): ReadonlySet<string> {
  const written = new Set<string>();
  const all = [...sources, ...inlineBatchSources(sources)];
  for (const source of [...all].sort((a, b) => Number(isStream(a)) - Number(isStream(b)))) {
    const missing = whyNot(source, written);
    if (missing !== null) draft.note("warning", source, `left out: ${missing}. Its views are read online only.`);
    const isWritten = missing === null && draft.claim(source);
    if (isWritten) written.add(source.name);
    draft.add(source, ...(isWritten ? [`${sourceVariable(source.name)} = ${sourceCall(draft, source, mappings)}`] : []));
  }
  return written;
}

/** Batch sources that are defined inside a stream only. */
function inlineBatchSources(sources: readonly DataSource[]): readonly BatchSource[] {
  const known = new Set(sources.map(({ name }) => name));
  return sources.flatMap((source) => {
    const batch = batchSourceOf(source);
    if (batch === null || known.has(batch.name)) return [];
    known.add(batch.name);
    return [batch];
  });
}

function isStream({ type }: DataSource): boolean {
  return type === "kafka" || type === "push";
}

function whyNot(source: DataSource, written: ReadonlySet<string>): string | null {
  if (source.type === "postgres") return "Feast's file store does not read PostgreSQL";
  if (source.type === "file") return null;
  if (source.batchSource === null) return "Feast's streams need a batch source beside them";
  return written.has(source.batchSource.name) ? null : `its batch source ${source.batchSource.name} is`;
}

function sourceCall(draft: FeastDraft, source: DataSource, mappings: Mappings): string {
  const { name, timestampField, createdTimestampColumn } = source;
  const times = { timestamp_field: timestampField, created_timestamp_column: createdTimestampColumn ?? undefined };
  const batch = batchSourceOf(source);
  const batchName = batch === null ? undefined : code(sourceVariable(batch.name));
  switch (source.type) {
    case "file":
      if (source.format !== "parquet") draft.note("warning", source, `Feast's file store reads Parquet, not ${source.format}: features are read online only.`);
      return pythonCall(draft.uses("feast", "FileSource"), {
        name,
        path: pathOf(draft, source),
        ...times,
        field_mapping: mappings.get(name),
        ...describedArgs(source),
      });
    case "push":
      return pythonCall(draft.uses("feast", "PushSource"), { name, batch_source: batchName, ...describedArgs(source) });
    case "kafka": {
      const fields = Object.entries(source.format.fields).map(([field, type]) => `${field} ${sparkType(type)}`);
      return pythonCall(draft.uses("feast", "KafkaSource"), {
        name,
        kafka_bootstrap_servers: source.bootstrapServers,
        topic: source.topic,
        ...times,
        message_format: code(pythonCall(draft.uses("feast.data_format", "JsonFormat"), { schema_json: fields.join(", ") })),
        batch_source: batchName,
        watermark_delay_threshold: source.watermarkSeconds === null ? undefined : seconds(draft, source.watermarkSeconds),
        ...describedArgs(source),
      });
    }
    case "postgres":
      throw new Error(`a PostgreSQL source was to be written: ${name}`);
  }
}

/** A path with `${VAR}` in it is resolved by Python where it is used, as it is by Larder. */
function pathOf(draft: FeastDraft, { path }: FileSource): PythonValue {
  if (!path.includes("$" + "{")) return path;
  draft.usesModule("os");
  return code(`os.path.expandvars(${JSON.stringify(path)})`);
}

export interface MappingView {
  readonly view: FeatureView;
  readonly batch: BatchSource;
  readonly joinKeys: readonly string[];
}

/** Feast renames columns per source, Larder per view: a renaming that would meet another view's columns is left out and noted. */
export function fieldMappings(draft: FeastDraft, views: readonly MappingView[]): Mappings {
  const mappings = new Map<string, Record<string, string>>();
  for (const { view, batch } of views) {
    const beside = views.filter((other) => other.batch.name === batch.name);
    const plain = new Set([batch.timestampField, batch.createdTimestampColumn, ...beside.flatMap(namesOf)]);
    const mapping = mappings.get(batch.name) ?? {};
    for (const { name, column } of view.features.filter((feature) => feature.column !== feature.name)) {
      if (plain.has(column) || (mapping[column] ?? name) !== name) {
        draft.note("warning", view, `${name} is read from the column ${column}, which Feast cannot rename for this view alone: its history differs there.`);
      } else mapping[column] = name;
    }
    if (Object.keys(mapping).length > 0) mappings.set(batch.name, mapping);
  }
  return mappings;
}

function namesOf({ view, joinKeys }: MappingView): readonly string[] {
  return [...view.features.map(({ name }) => name), ...joinKeys];
}
