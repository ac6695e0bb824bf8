import type { JoinKey } from "../../domain/index.ts";

/** What snippets are about: a view, what it holds, a key that exists, and where to ask. */
export interface SnippetFacts {
  readonly view: string;
  readonly features: readonly string[];
  readonly joinKeys: readonly JoinKey[];
  /** Values of the join keys of one real entity, by name; null: none is known, placeholders stand in. */
  readonly key: Readonly<Record<string, unknown>> | null;
  readonly serveUrl: string;
  /** Named only where there are several. */
  readonly project: string | null;
}

export interface Snippet {
  readonly title: string;
  readonly code: string;
}

const PLACEHOLDERS: Readonly<Record<string, unknown>> = { string: "…", bool: true, bytes: "" };

/** The same read in every language, and the commands around it; ready to run as they stand. */
export function snippets(facts: SnippetFacts): readonly Snippet[] {
  const refs = facts.features.map((feature) => `${facts.view}:${feature}`);
  const entities = `{${facts.joinKeys.map((key) => `${JSON.stringify(key.name)}: [${valueText(facts, key)}]`).join(", ")}}`;
  const row = `{${facts.joinKeys.map((key) => `${JSON.stringify(key.name)}: ${valueText(facts, key)}`).join(", ")}}`;
  const body = `{\n  "features": [${refs.map((ref) => `\n    ${JSON.stringify(ref)}`).join(",")}\n  ],\n  "entities": ${entities}\n}`;
  const flag = facts.project === null ? "" : ` --project ${facts.project}`;
  return [
    {
      title: "Command line: read online",
      code: `larder get-online-features${flag} \\\n  --features ${refs.join(",")} \\\n  --entities ${shellQuote(entities)}`,
    },
    { title: "Command line: materialize what is new", code: `larder materialize-incremental${flag} ${facts.view}` },
    { title: "curl", code: curl(facts, body) },
    { title: "Python (Feast SDK)", code: python(facts, refs, row) },
    { title: "TypeScript", code: typescript(facts, body) },
    {
      title: "Command line: a training set, point in time",
      code: `larder get-historical-features${flag} \\\n  --features ${refs.join(",")} \\\n  --entities entity_rows.csv --out training.parquet`,
    },
  ];
}

function curl({ serveUrl, project }: SnippetFacts, body: string): string {
  const header = project === null ? "" : `  -H 'Larder-Project: ${project}' \\\n`;
  return `curl -s ${serveUrl}/get-online-features \\\n  -H 'content-type: application/json' \\\n${header}  -d ${shellQuote(body)}`;
}

function python({ serveUrl, project }: SnippetFacts, refs: readonly string[], row: string): string {
  const path = project === null ? serveUrl : `${serveUrl}/p/${project}`;
  return [
    "# feature_store.yaml of your Feast repo:",
    `#   online_store: {type: remote, path: ${path}}`,
    "from feast import FeatureStore",
    "",
    'store = FeatureStore(repo_path=".")',
    "features = store.get_online_features(",
    `    features=[${refs.map((ref) => `\n        ${JSON.stringify(ref)},`).join("")}\n    ],`,
    `    entity_rows=[${row.replace(/\b(true|false|null)\b(?=[,}])/g, (word) => ({ true: "True", false: "False", null: "None" })[word] ?? word)}],`,
    ").to_dict()",
  ].join("\n");
}

/** The body is text, so that a 64-bit key keeps all its digits. */
function typescript({ serveUrl, project }: SnippetFacts, body: string): string {
  const headers =
    project === null ? '{ "content-type": "application/json" }' : `{ "content-type": "application/json", "larder-project": ${JSON.stringify(project)} }`;
  return [
    `const response = await fetch("${serveUrl}/get-online-features", {`,
    '  method: "POST",',
    `  headers: ${headers},`,
    `  body: \`${body
      .replaceAll("\\", "\\\\")
      .replaceAll("`", "\\`")
      .replaceAll("$" + "{", "\\$" + "{")}\`,`,
    "});",
    "const { metadata, results } = await response.json();",
  ].join("\n");
}

function valueText({ key }: SnippetFacts, { name, type }: JoinKey): string {
  const value = key?.[name] ?? PLACEHOLDERS[type] ?? 1;
  if (typeof value === "bigint") return type === "timestamp" ? JSON.stringify(new Date(Number(value / 1_000n)).toISOString()) : value.toString();
  if (value instanceof Uint8Array) return JSON.stringify(btoa(String.fromCharCode(...value)));
  return JSON.stringify(value);
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
