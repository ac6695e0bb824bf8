/*
 * An entity key as one text: what stands in an address and in a field. A key of one part is its text; the parts of a composite one stand
 * in a line with commas between, quoted where they hold a comma or a quote, as in CSV.
 */

export function formatKey(parts: readonly string[]): string {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return parts.map((part) => (/[",]/.test(part) ? `"${part.replaceAll('"', '""')}"` : part)).join(",");
}

export function parseKey(text: string, count: number): readonly string[] {
  if (count <= 1) return count === 0 ? [] : [text];
  const parts: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(,|$)/y;
  for (;;) {
    const match = pattern.exec(text);
    if (match === null) return [text]; // quotes that do not close: the server says what is missing
    parts.push(match[1] === undefined ? (match[2] ?? "").trim() : match[1].replaceAll('""', '"'));
    if (match[3] !== ",") return parts;
  }
}

/** The keys that someone typed or pasted: one a line, doubles once. */
export function splitKeys(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ""))];
}
