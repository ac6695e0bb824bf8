import { type Feature, isName, isValueType, NAME_RULE, type Tags, VALUE_TYPES, type ValueType } from "../domain/index.ts";
import { type ExpectOptions, readExpect } from "./expect.ts";
import { isRecord, type OptionReader, readTags } from "./option-reader.ts";
import { suggestion } from "./suggest.ts";
import { isUnloaded } from "./unloaded.ts";

export interface FeatureOptions {
  readonly type: ValueType;
  /** The source's column, where its name differs. */
  readonly column?: string;
  readonly description?: string;
  readonly tags?: Tags;
  /** What its values should be like; a materialize run looks before it writes. */
  readonly expect?: ExpectOptions;
}

const FEATURE_KEYS = ["type", "column", "description", "tags", "expect"];

/** Feature by feature: a type, or an object that says more. */
export type Schema<F extends string> = Readonly<Record<F, ValueType | FeatureOptions>>;

/** The features of a view; one whose type is wrong is left out, after saying so. */
export function readSchema(reader: OptionReader): readonly Feature[] {
  const entries = Object.entries(reader.record("schema"));
  if (entries.length === 0 && !isUnloaded(reader.raw("schema"))) reader.note('schema is missing: name at least one feature, such as { conv_rate: "float32" }');
  return entries.flatMap(([name, value]) => readFeature(reader, name, value));
}

function readFeature(reader: OptionReader, name: string, value: unknown): readonly Feature[] {
  const at = `schema.${name}`;
  if (!isName(name)) reader.note(`${at}: the name is not allowed: names are ${NAME_RULE}`);
  const options: Readonly<Record<string, unknown>> = isRecord(value) ? value : { type: value };
  for (const key of Object.keys(options)) if (!FEATURE_KEYS.includes(key)) reader.note(`${at}: unknown option "${key}"${suggestion(key, FEATURE_KEYS)}`);
  const { type, column = name, description = "" } = options;
  if (typeof column !== "string" || column === "") reader.note(`${at}.column must be a text that is not empty`);
  if (typeof description !== "string") reader.note(`${at}.description must be a text`);
  const tags = readTags(options.tags, `${at}.tags`, reader.note);
  if (typeof type !== "string" || !isValueType(type)) {
    if (!isUnloaded(type)) reader.note(`${at}: ${type === undefined ? "type is missing" : `"${String(type)}" is not a type${typeHint(String(type))}`}`);
    return [];
  }
  const expect = readExpect(type, options.expect, (field, message) => reader.note(`${at}.expect${field === null ? "" : `.${field}`}: ${message}`));
  const feature: Feature = { name, type, column: String(column), description: String(description), tags };
  return [Object.freeze(expect === null ? feature : { ...feature, expect })];
}

/** Types that other systems have and this one has not, with what to do instead. */
const CASTS: readonly (readonly [RegExp, string])[] = [
  [/^(decimal|numeric)/i, "cast it to float64 in the view's transform"],
  [/^date$/i, "cast it to timestamp in the view's transform"],
  [/^(map|struct|json|object)/i, "cast it to string in the view's transform"],
];

function typeHint(type: string): string {
  const cast = CASTS.find(([pattern]) => pattern.test(type));
  return cast === undefined ? suggestion(type, VALUE_TYPES) : `: ${cast[1]}`;
}
