import { type DataSource, type Definition, type Entity, type FeatureView, type FieldChange, type ProjectSettings, viewSpec } from "../domain/index.ts";
import { canonicalJson, type Json, redactUrl } from "../kit/index.ts";

/*
 * What differs between two states of one definition, field by field, as people read it: `ttlSeconds: 60 → 120`,
 * `features.conv_rate.type: float32 → float64`, `features.acc_rate: (none) → float32`. Items of lists go by their names.
 */

/** Empty when the two say the same. */
export function definitionChanges(before: Definition, after: Definition): readonly FieldChange[] {
  const changes = objectChanges("", before as unknown as JsonObject, after as unknown as JsonObject);
  // where the file lies matters, how the repo writes it only where nothing else does
  const isPath = changes.some(({ field }) => field === "path");
  return changes.filter(({ field }) => !(isPath && field === "pathAsWritten")).map(withoutSecrets);
}

const TEXTS = /(^|\.)(description|owner|team|tags(\..+)?|pathAsWritten)$/;

/** Whether a field says something to people only: no value changes with it. */
export function isText(field: string): boolean {
  return TEXTS.test(field);
}

/** What a view's stored rows depend on besides the view itself: join keys of its entities, identity of its source. */
export function upstreamChanges(view: FeatureView, before: Upstream, after: Upstream): readonly FieldChange[] {
  const [old, now] = [viewSpec(view, before.entities, before.source), viewSpec(view, after.entities, after.source)];
  return objectChanges(
    "",
    { joinKeys: old.joinKeys, source: old.source } as unknown as JsonObject,
    {
      joinKeys: now.joinKeys,
      source: now.source,
    } as unknown as JsonObject,
  );
}

export interface Upstream {
  readonly entities: readonly Entity[];
  readonly source: DataSource;
}

export function settingsChanges(before: ProjectSettings, after: ProjectSettings): readonly FieldChange[] {
  return objectChanges("", before as unknown as JsonObject, after as unknown as JsonObject).map(withoutSecrets);
}

/** Expectations come and go one by one. */
const EXPECT = /^features\..+\.expect$/;

type JsonObject = Readonly<Record<string, Json | undefined>>;

function objectChanges(path: string, before: JsonObject, after: JsonObject): readonly FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].flatMap((key) => valueChanges(path === "" ? key : `${path}.${key}`, before[key] ?? null, after[key] ?? null));
}

function valueChanges(path: string, before: Json, after: Json): readonly FieldChange[] {
  if (canonicalJson(before) === canonicalJson(after)) return [];
  if (isObject(before) && isObject(after)) return objectChanges(path, before, after);
  if (EXPECT.test(path)) return objectChanges(path, isObject(before) ? before : {}, isObject(after) ? after : {});
  if (isItems(before) && isItems(after) && (before.length > 0 || after.length > 0)) return itemChanges(path, before, after);
  return [{ field: path, before: textOf(before), after: textOf(after) }];
}

/** Items that came, went or changed; where only their order differs, the order. */
function itemChanges(path: string, before: readonly JsonObject[], after: readonly JsonObject[]): readonly FieldChange[] {
  const [old, now] = [byName(before), byName(after)];
  const names = new Set([...old.keys(), ...now.keys()]);
  const changes = [...names].flatMap((name) => {
    const [was, is] = [old.get(name), now.get(name)];
    if (was !== undefined && is !== undefined) return objectChanges(`${path}.${name}`, was, is);
    return [{ field: `${path}.${name}`, before: was === undefined ? null : summary(was), after: is === undefined ? null : summary(is) }];
  });
  if (changes.length > 0) return changes;
  return [{ field: path, before: [...old.keys()].join(", "), after: [...now.keys()].join(", ") }];
}

/** Features and join keys go by name, projections by alias or view; a second one of a name is told apart by a number. */
function byName(items: readonly JsonObject[]): ReadonlyMap<string, JsonObject> {
  const map = new Map<string, JsonObject>();
  for (const item of items) {
    const name = String(item.name ?? item.alias ?? item.view);
    map.set(map.has(name) ? `${name}#${map.size}` : name, item);
  }
  return map;
}

/** A feature or join key in a word is its type, a projection what it picks. */
function summary(item: JsonObject): string {
  return typeof item.type === "string" ? item.type : item.features === null || item.features === undefined ? "all features" : (textOf(item.features) ?? "");
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isItems(value: Json): value is readonly JsonObject[] {
  return Array.isArray(value) && value.every(isObject);
}

function textOf(value: Json): string | null {
  if (value === null) return null;
  if (Array.isArray(value)) return value.map((item: Json) => textOf(item) ?? "").join(", ");
  return typeof value === "object" ? canonicalJson(value) : String(value);
}

/** A connection shows where it leads, never as whom. */
function withoutSecrets(change: FieldChange): FieldChange {
  if (!/(^|\.)(connection|connectionString|bootstrapServers)$/.test(change.field)) return change;
  const shown = (text: string | null) => (text?.includes("@") ? redactUrl(text) : text);
  return { ...change, before: shown(change.before), after: shown(change.after) };
}
