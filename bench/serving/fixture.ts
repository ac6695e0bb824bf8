import { join } from "node:path";
import type { Duckdb } from "../harness/duckdb.ts";
import { type RepoView, writeFeatureRepo } from "../harness/feature-repo.ts";
import type { LarderHome } from "../harness/larder-home.ts";

export type StoreType = "redis" | "sqlite";

/** What is served: 50 features of 5 views of one entity, of the types that models use. */
const VIEWS = ["trips", "ratings", "offers", "payments", "devices"];
const TYPES = ["float32", "float32", "float32", "float32", "float64", "int32", "int32", "int64", "string", "bool"] as const;
export const TTL_DAYS = 36_500;

export const FEATURES: readonly { readonly view: string; readonly name: string; readonly type: (typeof TYPES)[number] }[] = VIEWS.flatMap((view) =>
  TYPES.map((type, index) => ({ view, name: `${view}_${index}`, type })),
);

export function projectOf(store: StoreType): string {
  return `bench_${store}`;
}

/** Makes the views' sources; one value in fifty is null. */
export async function makeSources(duckdb: Duckdb, folder: string, drivers: number): Promise<readonly RepoView[]> {
  const views = VIEWS.map((name): RepoView => {
    const schema = Object.fromEntries(FEATURES.filter(({ view }) => view === name).map((feature) => [feature.name, feature.type]));
    return { name, path: join(folder, `${name}.parquet`), ttl: `${TTL_DAYS}d`, schema };
  });
  for (const [seed, { name, path }] of views.entries()) {
    const values = FEATURES.filter(({ view }) => view === name).map((feature, index) => {
      const noise = `hash(i * 31 + ${seed * 100 + index})`;
      return `CASE WHEN ${noise} % 50 <> 7 THEN ${valueSql(feature.type, noise)} END AS ${feature.name}`;
    });
    await duckdb.run(`COPY (
      SELECT i AS driver_id, make_timestamptz(1767225600000000 + (i % 3600) * 1000000) AS datetime, make_timestamptz(1767229200000000) AS created, ${values.join(", ")}
      FROM range(${drivers}) t(i)
    ) TO '${path}' (FORMAT parquet)`);
  }
  return views;
}

function valueSql(type: (typeof TYPES)[number], noise: string): string {
  switch (type) {
    case "float32":
      return `((${noise} % 1000000) / 1e6)::FLOAT`;
    case "float64":
      return `(${noise} % 1000000000) / 7e6`;
    case "int32":
      return `(${noise} % 1000)::INT`;
    case "int64":
      return `(${noise} % 1000000000000)::BIGINT`;
    case "string":
      return `'zone-' || (${noise} % 97)`;
    case "bool":
      return `${noise} % 2 = 0`;
  }
}

/** Applies the views to a project on this store, and materializes them. */
export async function fillStore(larder: LarderHome, folder: string, { type, address, views }: FilledStore): Promise<void> {
  const project = projectOf(type);
  const repo = await writeFeatureRepo(folder, { project, onlineStore: { type, connectionString: address }, views });
  await larder.cli("apply", "--repo", repo, "--yes");
  await larder.cli("materialize", "--all", "--project", project);
}

export interface FilledStore {
  readonly type: StoreType;
  /** redis://… or a path. */
  readonly address: string;
  readonly views: readonly RepoView[];
}

/** A request for all features of so many drivers. */
export function requestBody(entities: number, first: number, drivers: number): string {
  const features = FEATURES.map(({ view, name }) => `${view}:${name}`);
  return JSON.stringify({ features, entities: { driver_id: Array.from({ length: entities }, (_, index) => (first + index * 37) % drivers) } });
}
