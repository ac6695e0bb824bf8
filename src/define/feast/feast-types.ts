import { isListType, itemType, type ScalarType, type ValueType } from "../../domain/index.ts";

interface TypeNames {
  /** In feast.types. */
  readonly field: string;
  /** In feast.ValueType: what entities have. */
  readonly entity: string;
  /** As Spark writes it: the form in which Feast describes Kafka messages. */
  readonly spark: string;
}

/** Feast has whole seconds for points in time, and no other type for them. */
const NAMES: Readonly<Record<ScalarType, TypeNames>> = {
  bytes: { field: "Bytes", entity: "BYTES", spark: "binary" },
  string: { field: "String", entity: "STRING", spark: "string" },
  int32: { field: "Int32", entity: "INT32", spark: "integer" },
  int64: { field: "Int64", entity: "INT64", spark: "bigint" },
  float32: { field: "Float32", entity: "FLOAT", spark: "float" },
  float64: { field: "Float64", entity: "DOUBLE", spark: "double" },
  bool: { field: "Bool", entity: "BOOL", spark: "boolean" },
  unix_timestamp: { field: "UnixTimestamp", entity: "UNIX_TIMESTAMP", spark: "bigint" },
  timestamp: { field: "UnixTimestamp", entity: "UNIX_TIMESTAMP", spark: "timestamp" },
};

/** The names to import from feast.types, and the type written with them: `Array(Float32)`. */
export function fieldType(type: ValueType): { readonly imports: readonly string[]; readonly text: string } {
  const { field } = NAMES[itemType(type)];
  return isListType(type) ? { imports: ["Array", field], text: `Array(${field})` } : { imports: [field], text: field };
}

/** `ValueType.INT64` */
export function entityType(type: ScalarType): string {
  return `ValueType.${NAMES[type].entity}`;
}

export function sparkType(type: ValueType): string {
  const { spark } = NAMES[itemType(type)];
  return isListType(type) ? `array<${spark}>` : spark;
}
