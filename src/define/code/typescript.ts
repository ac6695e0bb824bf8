/** The little TypeScript that a feature repo is written in: texts, numbers, objects, lists, and calls that stand as they are. */
export type CodeValue = string | boolean | number | readonly CodeValue[] | { readonly [key: string]: CodeValue | undefined } | RawCode;

/** TypeScript as it stands: a name, a call. */
export class RawCode {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const LINE_WIDTH = 100;

/** Keys whose value is undefined are left out; what does not fit on a line, or is `open`, stands one item a line. */
export function codeText(value: CodeValue, open = false): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "boolean" || typeof value === "number") return String(value);
  if (value instanceof RawCode) return value.text;
  if (isList(value))
    return between(
      ["[", "]"],
      "",
      value.map((item) => codeText(item)),
      open,
    );
  const items = Object.entries(value).flatMap(([key, item]) => (item === undefined ? [] : [`${keyText(key)}: ${codeText(item)}`]));
  return between(["{", "}"], " ", items, open);
}

function isList(value: Exclude<CodeValue, string | boolean | number | RawCode>): value is readonly CodeValue[] {
  return Array.isArray(value);
}

/** A key of that one name would set the object's prototype. */
function keyText(key: string): string {
  if (key === "__proto__") return `["__proto__"]`;
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(key) ? key : JSON.stringify(key);
}

function between([before, after]: readonly [string, string], pad: string, items: readonly string[], open: boolean): string {
  if (items.length === 0) return `${before}${after}`;
  const line = `${before}${pad}${items.join(", ")}${pad}${after}`;
  if (!open && line.length <= LINE_WIDTH && !line.includes("\n")) return line;
  return `${before}\n${items.map((item) => `  ${item.replaceAll("\n", "\n  ")},\n`).join("")}${after}`;
}
