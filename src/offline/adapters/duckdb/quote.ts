/** The one place where names and values become SQL text. */

/** A name as SQL: any text is safe, quotes inside are doubled. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a SQL expression; a NUL would end the statement, so it is made there. */
export function quoteText(text: string): string {
  const parts = text.split("\0").map((part) => `'${part.replaceAll("'", "''")}'`);
  return parts.length === 1 ? (parts[0] ?? "''") : `(${parts.join(" || chr(0) || ")})`;
}

export function quoteTextList(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(", ")}]`;
}

/** An int64 as SQL; the lowest one has no literal of its own. */
export function quoteInt64(value: bigint): string {
  return value === -(2n ** 63n) ? "(-9223372036854775807 - 1)" : `${value}::BIGINT`;
}

/** A finite number as SQL, exact. */
export function quoteNumber(value: number, type: "DOUBLE" | "FLOAT" = "DOUBLE"): string {
  return `(${value.toExponential()})::DOUBLE${type === "DOUBLE" ? "" : `::${type}`}`;
}
