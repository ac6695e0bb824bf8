import { InvalidArgumentError } from "commander";
import { type Micros, tryParseTimestamp } from "../../kit/index.ts";

/** An option's timestamp; "now" works too. */
export function parseTime(text: string): Micros {
  if (text === "now") return BigInt(Date.now()) * 1000n;
  const micros = tryParseTimestamp(text);
  if (micros === null) throw new InvalidArgumentError("Write ISO 8601, such as 2026-04-12T08:00:00Z; a time without a zone is UTC.");
  return micros;
}
