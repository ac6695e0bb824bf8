/** The little Python that a Feast repo is written in: values, and calls with keyword arguments. */
export type PythonValue = string | number | boolean | readonly PythonValue[] | { readonly [key: string]: PythonValue } | PythonCode;

/** Python as it stands: a name, a type, a call. */
export class PythonCode {
  readonly python: string;
  constructor(python: string) {
    this.python = python;
  }
}

export function code(python: string): PythonCode {
  return new PythonCode(python);
}

const INDENT = "    ";
/** What is longer stands one item a line. */
const LINE_WIDTH = 100;

export function pythonText(value: PythonValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value instanceof PythonCode) return value.python;
  if (Array.isArray(value)) return between("[", value.map(pythonText), "]");
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonText(item)}`);
  return between("{", items, "}");
}

/** `Field(name="a", dtype=Int64)`; arguments that are undefined are left out. */
export function pythonCall(callee: string, args: Readonly<Record<string, PythonValue | undefined>>): string {
  const given = Object.entries(args).flatMap(([key, value]) => (value === undefined ? [] : `${key}=${pythonText(value)}`));
  return between(`${callee}(`, given, ")");
}

function between(open: string, items: readonly string[], close: string): string {
  const line = `${open}${items.join(", ")}${close}`;
  if (line.length <= LINE_WIDTH && !line.includes("\n")) return line;
  return `${open}\n${items.map((item) => `${INDENT}${item.replaceAll("\n", `\n${INDENT}`)},\n`).join("")}${close}`;
}
