import {
  type Actor,
  type BatchSource,
  batchSourceOf,
  type DataSource,
  type Definition,
  type Entity,
  type Feature,
  type FeatureService,
  type FeatureView,
  type FileSource,
  type JoinKey,
  type KafkaSource,
  type LocatedDefinition,
  type PostgresSource,
  type ProjectSettings,
  type PushSource,
  type RepoContents,
  type ValueType,
  type ViewVersion,
  viewSpec,
} from "../domain/index.ts";
import type { Project, RegistrySnapshot, SnapshotView } from "../registry/index.ts";

/*
 * Definitions for tests: each builder takes what the test is about and fills in the rest of a ride-hailing example
 * (entity driver with driver_id, view driver_stats over a Parquet file).
 */

export const localOwner: Actor = { kind: "user", id: "local", name: "local owner", isAdmin: true, teams: [] };

export const sqliteSettings: ProjectSettings = { onlineStore: { type: "sqlite", connectionString: null }, offlineStore: { type: "file" } };

export function anEntity(entity: Partial<Entity> = {}): Entity {
  const joinKeys: readonly JoinKey[] = [{ name: "driver_id", type: "int64" }];
  return { kind: "entity", name: "driver", joinKeys, description: "", owner: null, tags: {}, ...entity };
}

const SOURCE_TEXTS = { kind: "data_source", description: "", owner: null, tags: {}, timestampField: "datetime", createdTimestampColumn: "created" } as const;

export function aFileSource(source: Partial<FileSource> = {}): FileSource {
  const path = source.path ?? "/data/driver_stats.parquet";
  return { ...SOURCE_TEXTS, type: "file", name: "driver_stats", path, pathAsWritten: path, format: "parquet", ...source };
}

export function aPostgresSource(source: Partial<PostgresSource> = {}): PostgresSource {
  return { ...SOURCE_TEXTS, type: "postgres", name: "zone_weather", query: null, table: "weather", connection: "$" + "{WEATHER_URL}", ...source };
}

export function aKafkaSource(source: Partial<KafkaSource> = {}): KafkaSource {
  const fields = { driver_id: "int32", conv_rate: "float64", datetime: "timestamp", created: "timestamp" } as const;
  const kafka = { bootstrapServers: "localhost:9092", topic: "drivers", watermarkSeconds: 300 };
  return { ...SOURCE_TEXTS, type: "kafka", name: "driver_stream", ...kafka, format: { type: "json", fields }, batchSource: aFileSource(), ...source };
}

export function aPushSource(source: Partial<PushSource> = {}): PushSource {
  return { ...SOURCE_TEXTS, type: "push", name: "driver_push", batchSource: aFileSource(), ...source };
}

/** `{ conv_rate: "float32" }` → features, each read from the column of its own name. */
export function someFeatures(types: Readonly<Record<string, ValueType>>): readonly Feature[] {
  return Object.entries(types).map(([name, type]) => ({ name, type, column: name, description: "", tags: {} }));
}

export function aView(view: Partial<FeatureView> = {}): FeatureView {
  const features = someFeatures({ conv_rate: "float32", acc_rate: "float32", avg_daily_trips: "int32" });
  const texts = { description: "", owner: null, tags: {}, team: null, schedule: null, freshnessSeconds: null };
  const data = { entities: ["driver"], ttlSeconds: null, features, source: "driver_stats", transform: null, online: true } as const;
  return { kind: "feature_view", type: "batch", name: "driver_stats", ...texts, ...data, ...view };
}

/** Projections as `{ driver_stats: ["conv_rate"], zone_weather: null }`; null picks all features. */
export function aService(picks: Readonly<Record<string, readonly string[] | null>>, service: Partial<FeatureService> = {}): FeatureService {
  const projections = Object.entries(picks).map(([view, features]) => ({ view, features, alias: null, joinKeyMap: {} }));
  return { kind: "feature_service", name: "driver_activity", description: "", owner: null, tags: {}, projections, ...service };
}

/** Each definition on a line of its own in one file, from line 1. */
export function located(definitions: readonly Definition[], file = "features.ts"): readonly LocatedDefinition[] {
  return definitions.map((definition, index) => ({ definition, origin: { file, line: index + 1 } }));
}

export function aRepo(definitions: readonly Definition[], repo: Partial<RepoContents> = {}): RepoContents {
  return { project: "rides", settings: sqliteSettings, definitions: located(definitions), problems: [], ...repo };
}

/** The entity, source and view of the example, for tests that need some project at all. */
export const exampleDefinitions: readonly Definition[] = [anEntity(), aFileSource(), aView()];

let nextVersionId = 1;

/** A version of a view as the registry gives it; without a version id it gets a fresh one. */
export function aViewVersion(
  view: FeatureView,
  over: Partial<ViewVersion> & { readonly entities?: readonly Entity[]; readonly dataSource?: DataSource } = {},
): ViewVersion {
  const { entities = view.entities.length === 0 ? [] : [anEntity()], dataSource = aFileSource(), ...rest } = over;
  const batchSource: BatchSource | null = batchSourceOf(dataSource);
  const ids = { project: "rides", view: view.name, versionId: rest.versionId ?? String(nextVersionId++), versionNumber: 1 };
  return { ...viewSpec(view, entities, dataSource), ...ids, ttlSeconds: view.ttlSeconds, batchSource, online: view.online, ...rest };
}

export function aProject(project: Partial<Project> = {}): Project {
  return { onlineId: "p1", name: "rides", revision: 1, servingRevision: 1, settings: sqliteSettings, ...project };
}

/** A snapshot of these definitions. Views stand at version 1, ready unless `views` says otherwise. */
export function aSnapshot(definitions: readonly Definition[], views: Readonly<Record<string, Partial<SnapshotView>>> = {}): RegistrySnapshot {
  const entities = byName(definitions.filter((one) => one.kind === "entity"));
  const sources = byName(definitions.filter((one) => one.kind === "data_source"));
  const snapshotView = (view: FeatureView): SnapshotView => {
    const own = view.entities.flatMap((name) => entities.get(name) ?? []);
    const newest = aViewVersion(view, { entities: own, dataSource: sources.get(view.source) ?? aFileSource() });
    return { view, newest, ready: newest, ...views[view.name] };
  };
  return {
    project: aProject(),
    entities,
    sources,
    views: new Map(definitions.filter((one) => one.kind === "feature_view").map((view) => [view.name, snapshotView(view)])),
    services: byName(definitions.filter((one) => one.kind === "feature_service")),
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(items.map((item) => [item.name, item]));
}
