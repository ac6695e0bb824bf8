import type { JoinKey, ValueType } from "../../../domain/index.ts";
import { formatTimestamp } from "../../../kit/index.ts";

/** A key as people read it, from the texts of its stored values: "driver_id 1001". */
export function shownKey(joinKeys: readonly JoinKey[], texts: readonly (string | null)[]): string {
  return joinKeys.map(({ name, type }, index) => `${name} ${shownText(type, texts[index] ?? null)}`).join(", ");
}

/** Times are stored as whole numbers. */
export function shownText(type: ValueType, text: string | null): string | null {
  return type === "timestamp" && text !== null ? formatTimestamp(BigInt(text)) : text;
}
