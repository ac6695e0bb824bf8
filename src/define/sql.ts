import { brandOnly, type SqlQuery } from "./handle.ts";

const mistakes = new WeakMap<SqlQuery, string>();

/**
 * The transform of a view: one SELECT over `input`. It takes no `${…}`: what a version stores must be the whole text.
 * Backslashes stay as written. Indentation is taken off, so that moving the code makes no new version.
 */
export function sql(text: TemplateStringsArray): SqlQuery {
  const query = brandOnly<SqlQuery>({ kind: "sql", text: normalize(text.raw.join("?")) });
  if (text.length > 1) mistakes.set(query, "sql`…` takes no placeholders: write the value into the SQL itself");
  else if (query.text === "") mistakes.set(query, "sql`` is empty: write a SELECT that reads `input`");
  return query;
}

/** What is wrong with a value given as a transform, or null. */
export function sqlMistake(value: unknown): string | null {
  if (typeof value !== "object" || value === null || (value as { kind?: unknown }).kind !== "sql") return "write sql`select … from input`";
  return mistakes.get(value as SqlQuery) ?? null;
}

function normalize(text: string): string {
  const lines = text
    .replace(/\\([`$])/g, "$1")
    .replace(/\r\n?/g, "\n")
    .split("\n")
    .map((line) => line.trimEnd());
  const indents = lines
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.length - line.trimStart().length);
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const body = lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join("\n");
  return body
    .trim()
    .replace(/;+\s*$/, "")
    .trimEnd();
}
