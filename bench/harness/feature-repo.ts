import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A view over one Parquet file with columns driver_id, datetime, created and its features. */
export interface RepoView {
  readonly name: string;
  readonly path: string;
  readonly ttl: string;
  /** Feature → type. */
  readonly schema: Readonly<Record<string, string>>;
  /** Rows also come by POST /push, to a push source of this name. */
  readonly pushSource?: string;
}

export interface Repo {
  readonly project: string;
  readonly onlineStore: { readonly type: "sqlite" | "redis"; readonly connectionString: string };
  readonly views: readonly RepoView[];
}

/** Writes a feature repo as a user would; its folder. */
export async function writeFeatureRepo(folder: string, { project, onlineStore, views }: Repo): Promise<string> {
  const repo = join(folder, `repo-${project}`);
  await mkdir(repo, { recursive: true });
  const settings = `project: ${project}\nonline_store:\n  type: ${onlineStore.type}\n  connection_string: ${onlineStore.connectionString}\n`;
  await writeFile(join(repo, "feature_store.yaml"), settings);
  const head = `import { entity, featureView, fileSource, pushSource } from "larder";\nvoid pushSource;\n`;
  const driver = `export const driver = entity({ name: "driver", joinKeys: { driver_id: "int64" } });\n`;
  await writeFile(join(repo, "features.ts"), [head, driver, ...views.map(viewCode)].join("\n"));
  return repo;
}

function viewCode({ name, path, ttl, schema, pushSource }: RepoView): string {
  const file = `fileSource(${JSON.stringify({ name: `${name}_file`, path, timestampField: "datetime", createdTimestampColumn: "created" })})`;
  const source = pushSource === undefined ? file : `pushSource({ name: ${JSON.stringify(pushSource)}, batchSource: ${name}_file })`;
  const first = pushSource === undefined ? "" : `export const ${name}_file = ${file};\n`;
  const view = `featureView({ name: ${JSON.stringify(name)}, entities: [driver], ttl: ${JSON.stringify(ttl)}, schema: ${JSON.stringify(schema)}, source: ${name}_source, online: true })`;
  return `${first}export const ${name}_source = ${source};\nexport const ${name} = ${view};\n`;
}
