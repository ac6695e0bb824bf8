/** The one place where names and values become SQL text. */

/** A name as SQL: any text is safe, quotes inside are doubled. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Text as a SQL string literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
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
