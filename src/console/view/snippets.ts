import type { JoinKey } from "../../domain/index.ts";

/** What snippets are about: what to read, a key that exists, and where to ask. */
export interface SnippetFacts {
  readonly read:
    | { readonly kind: "features"; readonly view: string; readonly features: readonly string[] }
    | { readonly kind: "service"; readonly service: string };
  /** Columns that a request brings: join keys, under the names that the request gives them. */
  readonly columns: readonly JoinKey[];
  /** Values of the columns for one real entity, by name; null: none is known, placeholders stand in. */
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
  const { read, columns, serveUrl } = facts;
  const entities = `{${columns.map((column) => `${JSON.stringify(column.name)}: [${valueText(facts, column)}]`).join(", ")}}`;
  const flag = facts.project === null ? "" : ` --project ${facts.project}`;
  const what = read.kind === "service" ? `--service ${read.service} --full-feature-names` : `--features ${refsOf(read).join(",")}`;
  const body = bodyText(facts, entities);
  return [
    { title: "Command line: read online", code: `larder get-online-features${flag} \\\n  ${what} \\\n  --entities ${shellQuote(entities)}` },
    { title: "curl", code: curl(facts, body) },
    {
      title: "Python (Feast SDK): set up, once",
      code: `# in an environment with: pip install feast\nlarder export feast${flag} feast_repo --serve-url ${serveUrl}\nfeast --chdir feast_repo apply`,
    },
    { title: "Python (Feast SDK)", code: python(facts) },
    { title: "TypeScript", code: typescript(facts, body) },
    { title: "Command line: a training set, point in time", code: trainingSet(facts, { flag, what }) },
    ...(read.kind === "service" ? [] : [{ title: "Command line: materialize what is new", code: `larder materialize-incremental${flag} ${read.view}` }]),
  ];
}

function refsOf({ view, features }: { readonly view: string; readonly features: readonly string[] }): readonly string[] {
  return features.map((feature) => `${view}:${feature}`);
}

function bodyText({ read }: SnippetFacts, entities: string): string {
  const what =
    read.kind === "service"
      ? `"feature_service": ${JSON.stringify(read.service)},\n  "full_feature_names": true`
      : `"features": [${refsOf(read)
          .map((ref) => `\n    ${JSON.stringify(ref)}`)
          .join(",")}\n  ]`;
  return `{\n  ${what},\n  "entities": ${entities}\n}`;
}

function curl({ serveUrl, project }: SnippetFacts, body: string): string {
  const header = project === null ? "" : `  -H 'Larder-Project: ${project}' \\\n`;
  return `curl -s ${serveUrl}/get-online-features \\\n  -H 'content-type: application/json' \\\n${header}  -d ${shellQuote(body)}`;
}

const PYTHON_WORDS: Readonly<Record<string, string>> = { true: "True", false: "False", null: "None" };

function python(facts: SnippetFacts): string {
  const { read, columns } = facts;
  const pairs = columns.map((column) => {
    const value = valueText(facts, column);
    return `${JSON.stringify(column.name)}: ${PYTHON_WORDS[value] ?? value}`;
  });
  const what =
    read.kind === "service"
      ? `store.get_feature_service(${JSON.stringify(read.service)})`
      : `[${refsOf(read)
          .map((ref) => `\n        ${JSON.stringify(ref)},`)
          .join("")}\n    ]`;
  return [
    "from feast import FeatureStore",
    "",
    'store = FeatureStore(repo_path="feast_repo")',
    "values = store.get_online_features(",
    `    features=${what},`,
    `    entity_rows=[{${pairs.join(", ")}}],`,
    ...(read.kind === "service" ? ["    full_feature_names=True,"] : []),
    ").to_dict()",
    "print(values)",
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
    "console.log(metadata.feature_names.map((name: string, index: number) => [name, results[index].values[0]]));",
  ].join("\n");
}

function trainingSet(facts: SnippetFacts, { flag, what }: { readonly flag: string; readonly what: string }): string {
  const names = [...facts.columns.map(({ name }) => name), "event_timestamp"].join(",");
  const cells = facts.columns.map((column) => `${csvCell(plainText(facts, column))},`).join("");
  return [
    `printf '%s\\n' ${shellQuote(names)} ${shellQuote(cells)}"$(date -u +%FT%TZ)" > entity_rows.csv`,
    `larder get-historical-features${flag} \\\n  ${what} \\\n  --entities entity_rows.csv --out training.parquet`,
  ].join("\n");
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function plainText(facts: SnippetFacts, column: JoinKey): string {
  const text = valueText(facts, column);
  return text.startsWith('"') ? String(JSON.parse(text)) : text;
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
