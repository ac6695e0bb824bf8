import { type LarderError, stringifyJsonExact } from "../kit/index.ts";

/** Where a command prints: results to stdout, everything on the way to them to stderr. */
export interface Output {
  readonly json: boolean;
  /** Whether stderr is a terminal that can redraw a line. */
  readonly isTerminal: boolean;
  /** The result: the document with --json, else the text. */
  result(document: unknown, text: () => string): void;
  /** Progress and notes. */
  note(text: string): void;
  error(error: LarderError): void;
}

export function processOutput(json: boolean): Output {
  return {
    json,
    isTerminal: process.stderr.isTTY === true,
    result(document, text) {
      const printed = json ? stringifyJsonExact(document) : text();
      if (printed !== "") process.stdout.write(`${printed}\n`);
    },
    note(text) {
      process.stderr.write(`${text}\n`);
    },
    error({ code, message, hint }) {
      if (json) process.stdout.write(`${stringifyJsonExact({ error: { code, message, hint: hint ?? null } })}\n`);
      else process.stderr.write(`Error: ${message}${hint ? `\n  ${hint}` : ""}\n`);
    },
  };
}

/** Columns padded to their widest cell; numbers stand right. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const isNumeric = head.map((_title, column) => rows.length > 0 && rows.every((row) => /^[≈\d,.%-]*$/.test(row[column] ?? "")));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (isNumeric[column] ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return [line(head), ...rows.map(line)].join("\n");
}

export function count(value: number): string {
  return value.toLocaleString("en-US");
}
