import { z } from "zod";
import { type Bound, canBeUnique, canBound, canList, type Expectations, type ValueType } from "../../domain/index.ts";

/** The expectations of one feature as the fields of a form hold them. */
export const expectFields = z.object({
  min: z.string(),
  max: z.string(),
  allowed: z.string(),
  nullRateMax: z.string(),
  unique: z.boolean(),
  onFailure: z.enum(["warn", "block"]),
});

export type ExpectValues = z.output<typeof expectFields>;

export const NO_EXPECTATIONS: ExpectValues = { min: "", max: "", allowed: "", nullRateMax: "", unique: false, onFailure: "warn" };

export function expectValues(expect: Expectations | undefined): ExpectValues {
  if (expect === undefined) return { ...NO_EXPECTATIONS };
  return {
    min: String(expect.min ?? ""),
    max: String(expect.max ?? ""),
    allowed: listText(expect.allowed ?? []),
    nullRateMax: String(expect.nullRateMax ?? ""),
    unique: expect.unique ?? false,
    onFailure: expect.onFailure,
  };
}

/** What the fields say; undefined: nothing. What is no value of the type stays text, for the schema to refuse with its reason. */
export function toExpectations(type: ValueType, values: ExpectValues): Expectations | undefined {
  const [min, max, nullRateMax] = [values.min, values.max, values.nullRateMax].map((text) => text.trim()) as [string, string, string];
  const allowed = listFrom(values.allowed).map((text) => valueFrom(type, text));
  const expect: Expectations = {
    ...(canBound(type) && min !== "" && { min: numberFrom(type, min) }),
    ...(canBound(type) && max !== "" && { max: numberFrom(type, max) }),
    ...(canList(type) && allowed.length > 0 && { allowed }),
    ...(nullRateMax !== "" && { nullRateMax: Number(nullRateMax) }),
    ...(canBeUnique(type) && values.unique && { unique: true }),
    onFailure: values.onFailure,
  };
  return Object.keys(expect).length === 1 ? undefined : expect;
}

function numberFrom(type: ValueType, text: string): Bound {
  const number = Number(text);
  if (type.startsWith("int")) return /^[+-]?\d+$/.test(text) && Number.isSafeInteger(number) ? number : text;
  return Number.isFinite(number) ? number : text;
}

function valueFrom(type: ValueType, text: string): string | number | boolean {
  if (type === "bool") return { true: true, false: false }[text.toLowerCase()] ?? text;
  return type === "string" ? text : numberFrom(type, text);
}

/** With commas between; as JSON where a value would not survive that. */
function listText(values: readonly (string | number | boolean)[]): string {
  const texts = values.map(String);
  return texts.some((text) => text === "" || text !== text.trim() || /[,[]/.test(text)) ? JSON.stringify(texts) : texts.join(", ");
}

function listFrom(text: string): readonly string[] {
  if (text.trim().startsWith("[")) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed.map(String);
    } catch {
      // not JSON after all: taken as it is written
    }
  }
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
