import { z } from "zod";
import { coerceJson, type FeatureValue, type JoinKey, type ScalarType, toJsonValue } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../../registry/index.ts";

/*
 * Words. An *entity set* is what a view is keyed by: one entity, several, or none. A *key text* is an entity key as people write it:
 * one text per join key, in the order of the set's join keys.
 */

const name = z.string().min(1).max(128);
const KEYS_MAX = 50;

export const entitiesInput = z.object({ entities: z.array(name).max(10) });
export const keysInput = entitiesInput.extend({
  keys: z
    .array(z.array(z.string().max(2_000)).max(20))
    .min(1)
    .max(KEYS_MAX, `Look up at most ${KEYS_MAX} keys at a time.`),
});

/** Join keys of a set, entity by entity. Throws not_found for an unknown entity. */
export function joinKeysOf({ entities, project }: RegistrySnapshot, names: readonly string[]): readonly JoinKey[] {
  return names.flatMap((entity) => {
    const found = entities.get(entity);
    if (!found) throw new LarderError("not_found", `There is no entity ${entity} in ${project.name}.`, { hint: "It may have been removed or renamed." });
    return found.joinKeys;
  });
}

/** Equal for the same entities in any order. */
export function setId(names: readonly string[]): string {
  return [...names].sort().join(",");
}

/** Views keyed by exactly these entities, by name. */
export function viewsOf({ views }: RegistrySnapshot, names: readonly string[]): readonly SnapshotView[] {
  const wanted = setId(names);
  return [...views.values()].filter(({ view }) => setId(view.entities) === wanted).sort((a, b) => (a.view.name < b.view.name ? -1 : 1));
}

/** Key texts as typed values. Throws invalid_argument that names the join key and the text. */
export function parseKeys(joinKeys: readonly JoinKey[], keys: readonly (readonly string[])[]): readonly (readonly FeatureValue[])[] {
  return keys.map((key) => {
    if (key.length !== joinKeys.length) {
      const wanted = joinKeys.map((one) => one.name).join(", ") || "nothing";
      throw new LarderError("invalid_argument", `A key has ${key.length} parts, but is made of ${wanted}.`, { hint: "Write the parts in this order." });
    }
    return joinKeys.map((joinKey, index) => parsePart(joinKey, key[index] ?? ""));
  });
}

function parsePart({ name: column, type }: JoinKey, text: string): FeatureValue {
  const coerced = coerceJson(type, jsonOf(type, text));
  if (coerced.ok && coerced.value !== null) return coerced.value;
  throw new LarderError("invalid_argument", `${column}: ${coerced.ok ? "it is empty" : coerced.reason}.`, { details: { field: column } });
}

function jsonOf(type: ScalarType, text: string): unknown {
  const trimmed = text.trim();
  if (trimmed === "" && type !== "string") return null;
  switch (type) {
    case "int32":
    case "float32":
    case "float64":
      return Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
    case "bool":
      return trimmed === "true" ? true : trimmed === "false" ? false : trimmed;
    case "string":
      return text;
    default:
      return trimmed;
  }
}

/** A typed key as people write it. */
export function keyTexts(joinKeys: readonly JoinKey[], key: readonly FeatureValue[]): readonly string[] {
  return joinKeys.map(({ type }, index) => String(toJsonValue(type, key[index] ?? null)));
}
