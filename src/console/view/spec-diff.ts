import type { SourceIdentity, ViewSpec } from "../../domain/index.ts";

export interface SpecChange {
  readonly sign: "+" | "-" | "~";
  readonly text: string;
}

/** What a version changed against the one before it, in words; nothing in place of `before`: the first version. */
export function specDiff(before: ViewSpec | null, after: ViewSpec): readonly SpecChange[] {
  if (before === null) return [];
  return [
    ...named("join key", before.joinKeys, after.joinKeys, ({ name, type }) => `${name} ${type}`),
    ...named("feature", before.features, after.features, ({ name, type, column }) =>
      column === name ? `${name} ${type}` : `${name} ${type} from column ${column}`,
    ),
    ...sourceDiff(before.source, after.source),
    ...transformDiff(before.transform, after.transform),
  ];
}

function named<T extends { readonly name: string }>(word: string, before: readonly T[], after: readonly T[], show: (item: T) => string): SpecChange[] {
  const old = new Map(before.map((item) => [item.name, show(item)]));
  const fresh = new Map(after.map((item) => [item.name, show(item)]));
  const changes: SpecChange[] = [];
  for (const [name, text] of old) if (!fresh.has(name)) changes.push({ sign: "-", text: `${word} ${text}` });
  for (const [name, text] of fresh) {
    const was = old.get(name);
    if (was === undefined) changes.push({ sign: "+", text: `${word} ${text}` });
    else if (was !== text) changes.push({ sign: "~", text: `${word} ${was} → ${text}` });
  }
  return changes;
}

const SOURCE_WORDS = {
  name: "source",
  type: "source type",
  timestampField: "event time column",
  createdTimestampColumn: "created time column",
  query: "query",
} as const;

function sourceDiff(before: SourceIdentity, after: SourceIdentity, where = ""): SpecChange[] {
  const changes: SpecChange[] = [];
  for (const [key, word] of Object.entries(SOURCE_WORDS) as [keyof typeof SOURCE_WORDS, string][]) {
    if (before[key] !== after[key]) changes.push({ sign: "~", text: `${where}${word} ${before[key] ?? "none"} → ${after[key] ?? "none"}` });
  }
  if (before.batch && after.batch) return [...changes, ...sourceDiff(before.batch, after.batch, "batch ")];
  if (before.batch) changes.push({ sign: "-", text: `batch source ${before.batch.name}` });
  if (after.batch) changes.push({ sign: "+", text: `batch source ${after.batch.name}` });
  return changes;
}

/** Lines that went and lines that came; lines that stayed are left out. */
function transformDiff(before: string | null, after: string | null): SpecChange[] {
  if (before === after) return [];
  const old = lines(before);
  const fresh = lines(after);
  return [
    ...old.filter((line) => !fresh.includes(line)).map((line) => ({ sign: "-", text: `transform ${line}` }) as const),
    ...fresh.filter((line) => !old.includes(line)).map((line) => ({ sign: "+", text: `transform ${line}` }) as const),
  ];
}

function lines(sql: string | null): readonly string[] {
  return (sql ?? "").split("\n").flatMap((line) => line.trim() || []);
}
