import { canonicalJson, type Json } from "../../kit/index.ts";

type Item = Readonly<Record<string, unknown>>;

/**
 * Your changes on top of theirs: what you did not touch is as they left it, what only you touched is yours, and where both of you changed one thing
 * yours stands. Lists of named items (features, join keys, parts of a service) are merged item by item.
 */
export function putOnTop<T extends object>(base: T, yours: T, theirs: T): T {
  const keys = new Set([...Object.keys(theirs), ...Object.keys(yours)]);
  const merged = [...keys].map((key) => {
    const [was, mine, other] = [valueAt(base, key), valueAt(yours, key), valueAt(theirs, key)];
    return [key, mergeValue(was, mine, other)] as const;
  });
  return Object.fromEntries(merged.filter(([, value]) => value !== undefined)) as T; // of the keys that T has, each from a T
}

function mergeValue(was: unknown, mine: unknown, other: unknown): unknown {
  if (isSame(was, mine)) return other;
  if (isSame(was, other)) return mine;
  if (isItems(was) && isItems(mine) && isItems(other)) return mergeItems(was, mine, other);
  if (isObject(was) && isObject(mine) && isObject(other)) return putOnTop(was, mine, other);
  return mine;
}

/** In your order; what they added comes last, what either of you removed is gone unless the other changed it. */
function mergeItems(was: readonly Item[], mine: readonly Item[], other: readonly Item[]): readonly Item[] {
  const [before, theirs] = [byName(was), byName(other)];
  const kept = mine.flatMap((item) => {
    const [old, now] = [before.get(nameOf(item)), theirs.get(nameOf(item))];
    if (old !== undefined && now === undefined) return isSame(old, item) ? [] : [item];
    return [old === undefined || now === undefined ? item : putOnTop(old, item, now)];
  });
  const own = byName(mine);
  const added = other.filter((item) => {
    const old = before.get(nameOf(item));
    return !own.has(nameOf(item)) && (old === undefined || !isSame(old, item));
  });
  return [...kept, ...added];
}

function nameOf(item: Item): string {
  return String(item.name ?? item.alias ?? item.view);
}

function byName(items: readonly Item[]): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [nameOf(item), item]));
}

function valueAt(object: object, key: string): unknown {
  return (object as Item)[key];
}

function isObject(value: unknown): value is Item {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isItems(value: unknown): value is readonly Item[] {
  return Array.isArray(value) && value.every((item) => isObject(item));
}

function isSame(a: unknown, b: unknown): boolean {
  return canonicalJson(a as Json) === canonicalJson(b as Json);
}
