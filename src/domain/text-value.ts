import { isListType, type ValueType } from "./value-type.ts";

/**
 * The JSON value that a cell of a text file (CSV) stands for in a column of this type. Text that is no such value stays text, for whoever
 * checks values to refuse with its reason. Lists are written as JSON.
 */
export function fromText(type: ValueType, text: string): unknown {
  if (isListType(type)) return listFrom(text);
  switch (type) {
    case "string":
    case "bytes":
    case "timestamp":
      return text;
    case "bool":
      return BOOLS.get(text.toLowerCase()) ?? text;
    case "int32":
    case "int64":
    case "unix_timestamp":
      return wholeFrom(text.trim());
    case "float32":
    case "float64":
      return NUMBER.test(text.trim()) ? Number(text) : text;
  }
}

const BOOLS: ReadonlyMap<string, boolean> = new Map([
  ["true", true],
  ["t", true],
  ["1", true],
  ["false", false],
  ["f", false],
  ["0", false],
]);

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Also as spreadsheets and pandas write whole numbers beside nulls: 12.0. */
function wholeFrom(text: string): unknown {
  const digits = /^([+-]?\d{1,20})(\.0*)?$/.exec(text)?.[1];
  if (digits === undefined) return text;
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}

function listFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
