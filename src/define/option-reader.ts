import { isName, NAME_RULE, type Tags } from "../domain/index.ts";
import { type Duration, parseDuration } from "../kit/index.ts";
import type { CallSite } from "./call-site.ts";
import type { Draft, Mistake } from "./handle.ts";
import { suggestion } from "./suggest.ts";
import { isUnloaded } from "./unloaded.ts";

/** What every definition may say about itself. */
export interface DescribedOptions {
  /** Unique among the project's definitions of this kind: letters, digits and single underscores. */
  readonly name: string;
  readonly description?: string;
  /** A contact, such as an e-mail address. */
  readonly owner?: string;
  readonly tags?: Tags;
}

/** Options as the editor's types never saw them: anything may be in there, and every mistake is noted, none thrown. */
export interface OptionReader {
  readonly mistakes: Mistake[];
  /** `feature view "driver_stats"`. */
  readonly label: string;
  readonly site: CallSite | null;
  raw(key: string): unknown;
  note(message: string): void;
  /** Takes over the mistakes of a definition that this one is built on, which may be exported nowhere itself. */
  adopt(draft: Draft): void;
  /** A text that must be there; empty where it is not. */
  text(key: string): string;
  optionalText(key: string): string | null;
  /** Whole seconds; absent and zero are null. */
  duration(key: string): number | null;
  flag(key: string, fallback: boolean): boolean;
  /** An object by key; empty where it is absent or of another shape. */
  record(key: string): Readonly<Record<string, unknown>>;
  described(): { readonly name: string; readonly description: string; readonly owner: string | null; readonly tags: Tags };
}

export const DESCRIBED_KEYS = ["name", "description", "owner", "tags"] as const;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Notes what is wrong with tags (texts by text) and gives those that are right. */
export function readTags(value: unknown, where: string, note: (message: string) => void): Tags {
  if (value === undefined || isUnloaded(value)) return {};
  if (!isRecord(value)) note(`${where} must be an object of texts`);
  const entries = isRecord(value) ? Object.entries(value) : [];
  for (const [key, tag] of entries) if (typeof tag !== "string" && !isUnloaded(tag)) note(`${where}.${key} must be a text`);
  return Object.freeze(Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string")));
}

/** Reads what a builder was given. `known`: the options it takes; others are mistakes. */
export function readOptions(what: string, input: unknown, known: readonly string[], site: CallSite | null): OptionReader {
  const options = isRecord(input) ? input : {};
  const name = typeof options.name === "string" ? options.name : "";
  const label = name === "" ? what : `${what} "${name}"`;
  const mistakes: Mistake[] = [];
  const note = (message: string) => void mistakes.push({ message: `${label}: ${message}`, site });
  if (!isRecord(input) && !isUnloaded(input)) note("takes one object of options");
  for (const key of Object.keys(options)) if (!known.includes(key)) note(`unknown option "${key}"${suggestion(key, known)}`);
  const optionalText = (key: string): string | null => {
    const value = options[key];
    if (value === undefined || isUnloaded(value)) return null;
    if (typeof value === "string") return value;
    note(`${key} must be a text`);
    return null;
  };
  const text = (key: string): string => {
    const value = options[key];
    if (typeof value === "string" && value.trim() !== "") return value;
    if (!isUnloaded(value)) note(value === undefined ? `${key} is missing` : `${key} must be a text that is not empty`);
    return "";
  };
  const record = (key: string) => {
    const value = options[key];
    if (isRecord(value)) return value;
    if (value !== undefined && !isUnloaded(value)) note(`${key} must be an object`);
    return {};
  };
  return {
    mistakes,
    label,
    site,
    raw: (key) => options[key],
    note,
    adopt: (draft) => void mistakes.push(...draft.mistakes),
    text,
    optionalText,
    duration: (key) => readDuration(key, options[key], note),
    flag(key, fallback) {
      const value = options[key];
      if (value !== undefined && typeof value !== "boolean" && !isUnloaded(value)) note(`${key} must be true or false`);
      return typeof value === "boolean" ? value : fallback;
    },
    record,
    described() {
      if (text("name") !== "" && !isName(name)) note(`the name "${name}" is not allowed: names are ${NAME_RULE}`);
      return { name, description: optionalText("description") ?? "", owner: optionalText("owner"), tags: readTags(options.tags, "tags", note) };
    },
  };
}

function readDuration(key: string, value: unknown, note: (message: string) => void): number | null {
  if (value === undefined || isUnloaded(value)) return null;
  try {
    return parseDuration(String(value) as Duration) || null;
  } catch {
    note(`${key}: "${String(value)}" is not a duration: write a whole number and a unit, such as 30s, 5m, 2h or 7d`);
    return null;
  }
}
