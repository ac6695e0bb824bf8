import { parseAsBoolean, parseAsNativeArrayOf, parseAsString } from "nuqs/server";

/** What of a look-up stands in its address: the entities (joined by commas), the keys as key texts, and whether only differences are shown. */
export const lookupParams = {
  entity: parseAsString,
  key: parseAsNativeArrayOf(parseAsString).withDefault([]),
  differences: parseAsBoolean.withDefault(false),
};

/** Where the keys of these entities are looked up. */
export function lookupHref(entities: readonly string[]): string {
  return `/lookup?${new URLSearchParams({ entity: [...entities].sort().join(",") })}`;
}
