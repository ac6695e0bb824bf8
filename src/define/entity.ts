import { type Entity, isName, isValueType, type JoinKey, NAME_RULE, SCALAR_TYPES, type ScalarType } from "../domain/index.ts";
import { callSiteOf } from "./call-site.ts";
import { draftFrom } from "./draft.ts";
import { type EntityHandle, makeHandle } from "./handle.ts";
import { DESCRIBED_KEYS, type DescribedOptions, type OptionReader, readOptions } from "./option-reader.ts";
import { suggestion } from "./suggest.ts";
import { isUnloaded } from "./unloaded.ts";

export interface EntityOptions<K extends string> extends DescribedOptions {
  /** The columns whose values say which one it is, with their types: `{ driver_id: "int64" }`. */
  readonly joinKeys: Readonly<Record<K, ScalarType>>;
}

/** What features describe: a driver, a zone. */
export function entity<const K extends string>(options: EntityOptions<K>): EntityHandle<K> {
  const reader = readOptions("entity", options, [...DESCRIBED_KEYS, "joinKeys"], callSiteOf(entity));
  const definition: Entity = { kind: "entity", ...reader.described(), joinKeys: readJoinKeys(reader) };
  const usable = definition.name !== "" && !isUnloaded(reader.raw("joinKeys"));
  return makeHandle<EntityHandle<K>>({ kind: "entity", name: definition.name }, draftFrom(reader, usable ? definition : null));
}

function readJoinKeys(reader: OptionReader): readonly JoinKey[] {
  const entries = Object.entries(reader.record("joinKeys"));
  if (entries.length === 0 && !isUnloaded(reader.raw("joinKeys"))) reader.note('joinKeys is missing: name at least one, such as { driver_id: "int64" }');
  return entries.map(([name, type]): JoinKey => {
    if (!isName(name)) reader.note(`the join key "${name}" is not allowed: names are ${NAME_RULE}`);
    if (isScalarType(type)) return { name, type };
    if (typeof type === "string" && isValueType(type)) reader.note(`joinKeys.${name}: a join key cannot be a list`);
    else if (!isUnloaded(type)) reader.note(`joinKeys.${name}: "${String(type)}" is not a type${suggestion(String(type), SCALAR_TYPES)}`);
    return { name, type: "string" };
  });
}

function isScalarType(value: unknown): value is ScalarType {
  return (SCALAR_TYPES as readonly unknown[]).includes(value);
}
