import { formatFigure, formatUtc } from "../format/index.ts";

export type Figure = string | number | Date | null;

export interface FigureColumn {
  readonly name: string;
  /** How people read a number of it; files get the number whole. */
  readonly format?: (value: number) => string;
}

/** What a chart draws, as a table. */
export interface FigureTable {
  readonly columns: readonly FigureColumn[];
  readonly rows: readonly (readonly Figure[])[];
}

export function showFigure(value: Figure | undefined, { format = formatFigure }: FigureColumn): string {
  if (value === null || value === undefined) return "–";
  if (value instanceof Date) return formatUtc(value.getTime()).slice(0, 16);
  return typeof value === "number" ? format(value) : value;
}

/** Comma-separated as RFC 4180 has it: times in ISO 8601, numbers with all their digits, nothing for null. */
export function toCsv({ columns, rows }: FigureTable): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(plain))];
  return lines.map((cells) => `${cells.map(quote).join(",")}\r\n`).join("");
}

function plain(value: Figure): string {
  return value === null ? "" : value instanceof Date ? value.toISOString() : String(value);
}

/** A spreadsheet takes text that begins like a formula for one: it gets a quote in front. */
function quote(text: string): string {
  const safe = /^[=+@]/.test(text) || /^-(?![\d.])/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
