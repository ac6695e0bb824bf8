import { type BatchSource, isName, isValueType, type KafkaSource, NAME_RULE, type PushSource, VALUE_TYPES, type ValueType } from "../domain/index.ts";
import type { Duration } from "../kit/index.ts";
import { readBatchSource, TIME_KEYS } from "./batch-sources.ts";
import { callSiteOf } from "./call-site.ts";
import { draftFrom } from "./draft.ts";
import { brandOnly, type MessageFormatHandle, makeHandle, type SourceHandle } from "./handle.ts";
import { DESCRIBED_KEYS, type DescribedOptions, isRecord, type OptionReader, readOptions } from "./option-reader.ts";
import { suggestion } from "./suggest.ts";
import { isUnloaded } from "./unloaded.ts";

export interface KafkaSourceOptions<F extends string> extends DescribedOptions {
  /** `host:port`, several with commas, or `${VAR}`: kept as written, resolved where it is used. */
  readonly bootstrapServers: string;
  readonly topic: string;
  /** How a message is written: `json({ driver_id: "int64", … })`. */
  readonly format: MessageFormatHandle<F>;
  /** The field that holds event time. */
  readonly timestampField: NoInfer<F>;
  /** The field that says when the row became known; without it, the broker's time. */
  readonly createdTimestampColumn?: NoInfer<F>;
  /** How late a row may be and still count as on time. */
  readonly watermark?: Duration;
  /** Where the same rows lie as history. */
  readonly batchSource?: SourceHandle<"file" | "postgres">;
}

/** With a batch source its time columns are those of the batch source; without one they may be named. */
export type PushSourceOptions = DescribedOptions &
  (
    | { readonly batchSource: SourceHandle<"file" | "postgres">; readonly timestampField?: never; readonly createdTimestampColumn?: never }
    | { readonly batchSource?: undefined; readonly timestampField?: string; readonly createdTimestampColumn?: string }
  );

/** Messages that are JSON objects with these fields. */
export function json<const F extends string>(fields: Readonly<Record<F, ValueType>>): MessageFormatHandle<F> {
  return brandOnly<MessageFormatHandle<F>>({ type: "json", fields: isUnloaded(fields) ? fields : Object.freeze({ ...fields }) });
}

/** Rows that arrive as messages of a Kafka topic. */
export function kafkaSource<const F extends string>(options: KafkaSourceOptions<F>): SourceHandle<"kafka"> {
  const known = [...DESCRIBED_KEYS, ...TIME_KEYS, "bootstrapServers", "topic", "format", "watermark", "batchSource"];
  const reader = readOptions("data source", options, known, callSiteOf(kafkaSource));
  const fields = readFields(reader);
  const definition: KafkaSource = {
    kind: "data_source",
    type: "kafka",
    ...reader.described(),
    timestampField: reader.text("timestampField"),
    createdTimestampColumn: reader.optionalText("createdTimestampColumn"),
    bootstrapServers: reader.text("bootstrapServers"),
    topic: reader.text("topic"),
    format: { type: "json", fields: fields ?? {} },
    watermarkSeconds: reader.duration("watermark"),
    batchSource: readBatchSource(reader),
  };
  if (fields !== null) checkTimeFields(reader, definition, fields);
  const usable = definition.name !== "" && definition.timestampField !== "" && definition.topic !== "" && fields !== null;
  return makeHandle<SourceHandle<"kafka">>({ kind: "data_source", type: "kafka", name: definition.name }, draftFrom(reader, usable ? definition : null));
}

/** Rows that arrive by POST /push. */
export function pushSource(options: PushSourceOptions): SourceHandle<"push"> {
  const reader = readOptions("data source", options, [...DESCRIBED_KEYS, ...TIME_KEYS, "batchSource"], callSiteOf(pushSource));
  const described = reader.described();
  const batchSource = readBatchSource(reader);
  const definition: PushSource = { kind: "data_source", type: "push", ...described, ...pushTimes(reader, batchSource), batchSource };
  const hasBatch = reader.raw("batchSource") !== undefined;
  const usable = described.name !== "" && (batchSource !== null || !hasBatch);
  return makeHandle<SourceHandle<"push">>({ kind: "data_source", type: "push", name: described.name }, draftFrom(reader, usable ? definition : null));
}

function pushTimes(reader: OptionReader, batchSource: BatchSource | null) {
  const timestampField = reader.optionalText("timestampField");
  const createdTimestampColumn = reader.optionalText("createdTimestampColumn");
  if (batchSource === null) return { timestampField: timestampField ?? "event_timestamp", createdTimestampColumn: createdTimestampColumn ?? "created" };
  if (timestampField !== null || createdTimestampColumn !== null) reader.note("the time columns are those of its batchSource: name them there only");
  return { timestampField: batchSource.timestampField, createdTimestampColumn: batchSource.createdTimestampColumn };
}

function readFields(reader: OptionReader): Readonly<Record<string, ValueType>> | null {
  const format = reader.raw("format");
  const given = isRecord(format) ? format.fields : undefined;
  if (isUnloaded(format) || isUnloaded(given)) return null;
  if (!isRecord(given)) {
    reader.note('format must be json({ field: "type", … })');
    return null;
  }
  const fields: Record<string, ValueType> = {};
  for (const [name, type] of Object.entries(given)) {
    if (!isName(name)) reader.note(`format: the field "${name}" is not allowed: names are ${NAME_RULE}`);
    const isKnown = typeof type === "string" && isValueType(type);
    fields[name] = isKnown ? type : "timestamp"; // what fits most places, so that one mistake is told once
    if (!isKnown && !isUnloaded(type)) reader.note(`format.${name}: "${String(type)}" is not a type${suggestion(String(type), VALUE_TYPES)}`);
  }
  return Object.freeze(fields);
}

function checkTimeFields(reader: OptionReader, source: KafkaSource, fields: Readonly<Record<string, ValueType>>): void {
  for (const key of TIME_KEYS) {
    const field = source[key];
    if (field === null || field === "") continue;
    const type = fields[field];
    if (type === undefined) reader.note(`${key}: the messages have no field "${field}"${suggestion(field, Object.keys(fields))}`);
    else if (type !== "timestamp" && type !== "unix_timestamp") reader.note(`${key}: the field "${field}" is ${type}; it must be timestamp or unix_timestamp`);
  }
}
