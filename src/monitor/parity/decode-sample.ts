import { coerceJson, type FeatureValue, type ValueType, type ViewVersion } from "../../domain/index.ts";
import { LarderError, parseJsonExact } from "../../kit/index.ts";
import type { ServedVector, StoredSample } from "./port.ts";

/** A stored sample as values of its version's types. Throws internal for text that is none of these. */
export function decodeSample({ joinKeys, features }: Pick<ViewVersion, "joinKeys" | "features">, sample: StoredSample): ServedVector {
  const typeOf = new Map(features.map(({ name, type }) => [name, type]));
  const keyTypes = joinKeys.map(({ type }) => type);
  const valueTypes = sample.features.map((name) => typeOf.get(name) ?? "string");
  return { ...sample, key: decode(sample.key, keyTypes), values: sample.values === null ? null : decode(sample.values, valueTypes) };
}

function decode(text: string, types: readonly ValueType[]): readonly FeatureValue[] {
  const values = parseJsonExact(text) as readonly unknown[]; // only serving writes it, as a list
  return types.map((type, index) => {
    const coerced = coerceJson(type, values[index]);
    if (coerced.ok) return coerced.value;
    throw new LarderError("internal", `A served sample holds a value that is no ${type}: ${coerced.reason}.`);
  });
}
