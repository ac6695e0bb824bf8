import type {
  BatchSource,
  DataSource,
  DefinitionKind,
  Entity,
  FeatureService,
  FeatureValue,
  FeatureView,
  LocatedDefinition,
  ProjectSettings,
  Tags,
  ValueType,
  ViewVersion,
} from "../domain/index.ts";
import type { Micros, Page, PageRequest, Transaction } from "../kit/index.ts";

export interface Project {
  /** Random and short: its name in online stores, where another registry may have a project of the same name. */
  readonly onlineId: string;
  readonly name: string;
  readonly revision: number;
  readonly servingRevision: number;
  readonly settings: ProjectSettings;
}

/** A definition as the registry remembers it. */
export interface RegisteredDefinition extends LocatedDefinition {
  readonly managedBy: string; // "repo:<name>" | "console"
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Versions of a view in order; `spec` is in ViewVersion. */
export interface VersionRecord {
  readonly version: ViewVersion;
  readonly fingerprint: string;
  readonly createdAt: Date;
  /** Online store type → when the version became ready there. */
  readonly readyAt: Readonly<Record<string, Date>>;
}

export interface OnlineState {
  readonly versionId: string;
  readonly store: string;
  readonly eventWatermark: Micros | null;
  readonly createdWatermark: Micros | null;
  readonly epoch: string | null;
  readonly sourceFingerprint: unknown;
  readonly ready: boolean;
  readonly lastRunId: string | null;
}

/** Everything that serving needs of one project, in memory. */
export interface RegistrySnapshot {
  readonly project: Project;
  readonly entities: ReadonlyMap<string, Entity>;
  readonly sources: ReadonlyMap<string, DataSource>;
  readonly views: ReadonlyMap<string, SnapshotView>;
  readonly services: ReadonlyMap<string, FeatureService>;
}

export interface SnapshotView {
  readonly view: FeatureView;
  readonly newest: ViewVersion;
  /** The last version that is ready in the project's online store; null before the first materialize. */
  readonly ready: ViewVersion | null;
}

/** What one apply writes, in one transaction. Which views get a new version follows from it. */
export interface RegistryCommit {
  readonly project: string;
  readonly settings: ProjectSettings;
  readonly managedBy: string;
  /** Throws conflict when the project is at another revision by now. 0: the project may not exist yet. */
  readonly expectedRevision: number;
  readonly upserts: readonly LocatedDefinition[];
  readonly removals: readonly { readonly kind: DefinitionKind; readonly name: string }[];
}

export type CatalogKind = "feature_view" | "feature" | "entity" | "data_source" | "feature_service";

/** What a reader narrows the catalog by. Values of one facet are alternatives; an absent facet narrows nothing. */
export interface CatalogFilter {
  readonly project: string;
  readonly text: string; // empty: everything
  readonly kinds: readonly CatalogKind[];
  readonly owners?: readonly string[];
  readonly teams?: readonly string[];
  readonly tags?: readonly string[]; // "key:value"
  readonly entities?: readonly string[];
  readonly types?: readonly string[];
  readonly managers?: readonly string[]; // "repo:<name>", "console"
}

export interface CatalogQuery extends CatalogFilter, PageRequest {
  readonly sort: "relevance" | "name" | "updated";
}

/** A word that occurs nowhere, and the words that were searched for in its place, nearest first. */
export interface CatalogCorrection {
  readonly word: string;
  readonly instead: readonly string[];
}

export interface CatalogPage extends Page<CatalogEntry> {
  readonly corrections: readonly CatalogCorrection[];
}

export const CATALOG_FACETS = ["kinds", "owners", "teams", "tags", "entities", "types", "managers"] as const;
export type CatalogFacet = (typeof CATALOG_FACETS)[number];

/** For each facet its commonest values, with how many entries would be left were this its only value; other facets narrow as they stand. */
export type CatalogFacets = Readonly<Record<CatalogFacet, readonly { readonly value: string; readonly count: number }[]>>;

export interface CatalogEntry {
  readonly kind: CatalogKind;
  readonly name: string;
  readonly view: string | null; // of a feature
  readonly type: string | null; // value type of a feature, batch/stream of a view, type of a source
  readonly description: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly managedBy: string;
  readonly tags: Tags;
  readonly entities: readonly string[];
  readonly featureCount: number | null;
  readonly online: boolean | null;
  readonly updatedAt: Date;
}

/** How many services read a view. */
export interface ReadView {
  readonly view: string;
  readonly services: number;
}

export type LineageKind = "data_source" | "feature_view" | "feature_service";

/** A definition through which rows flow, and what it takes them from. */
export interface LineageEntry {
  readonly kind: LineageKind;
  readonly name: string;
  /** Of a source: file, postgres, kafka, push; of a view: batch, stream; of a service: null. */
  readonly type: string | null;
  readonly description: string;
  /** Whether an SQL transform stands between a view and its source. */
  readonly transformed: boolean;
  /** Names of what it reads: a view's source, a stream's batch source, a service's views. */
  readonly reads: readonly string[];
}

export interface Registry {
  listProjects(): Promise<readonly Project[]>;
  findProject(name: string): Promise<Project | null>;
  /** All definitions of a project, for plan. */
  definitions(project: string): Promise<readonly RegisteredDefinition[]>;
  definition(project: string, kind: DefinitionKind, name: string): Promise<RegisteredDefinition | null>;
  /** Writes definitions, versions and features; raises revision and servingRevision, and tells watchers. */
  commit(tx: Transaction, commit: RegistryCommit): Promise<Project>;
  snapshot(project: string): Promise<RegistrySnapshot | null>;
  /** Calls back with the project's name after each change that serving must notice, also changes missed while disconnected. */
  watch(onChange: (project: string) => void): Promise<{ stop(): Promise<void> }>;
  /** A page of definitions and features. A misspelt word is searched for as the nearest words that occur (`corrections` says so). */
  catalog(query: CatalogQuery): Promise<CatalogPage>;
  catalogFacets(filter: CatalogFilter): Promise<CatalogFacets>;
  versions(project: string, view: string): Promise<readonly VersionRecord[]>;
  /** Names of services that read the view. */
  servicesOf(project: string, view: string): Promise<readonly string[]>;
  /** The views that most services read. */
  mostRead(project: string, limit: number): Promise<readonly ReadView[]>;
  /** All sources, views and services of a project with what each reads, by kind and name; one query, nothing else of the definitions. */
  lineage(project: string): Promise<readonly LineageEntry[]>;
  onlineState(versionId: string, store: string): Promise<OnlineState | null>;
  /** Moves watermarks, and the ready pointer when `ready`; raises servingRevision when that changes what is served. */
  saveOnlineState(tx: Transaction, project: string, state: OnlineState): Promise<void>;
  /** Versions whose online rows may go: of removed views, and older than the ready one. */
  retirableVersions(project: string, store: string): Promise<readonly { readonly versionId: string; readonly view: string }[]>;
  markRetired(tx: Transaction, versionIds: readonly string[]): Promise<void>;
}

/** A column of a source, as the engine sees it; `type` null: no type of Larder's (then `engineType` says what it is). */
export interface SourceColumn {
  readonly name: string;
  readonly type: ValueType | null;
  readonly engineType: string; // "DECIMAL(10,2)"
}

export interface SourceInspection {
  readonly columns: readonly SourceColumn[];
  readonly files: number | null;
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly eventMin: Micros | null;
  readonly eventMax: Micros | null;
}

/** Opens a source to see what is in it. */
export interface SourceInspector {
  /** Columns only; with a transform, those of its result. Throws invalid_definition when it cannot be read; not_found when a glob matches nothing yet. */
  columns(source: BatchSource, transform: string | null): Promise<readonly SourceColumn[]>;
  /** Columns, size and range of event times. */
  inspect(source: BatchSource): Promise<SourceInspection>;
}

/** Some rows of a source as they stand: values by column, as Larder would hold them; what it has no type for comes as text. */
export interface SourceHead {
  readonly columns: readonly { readonly name: string; readonly type: ValueType }[];
  readonly rows: readonly (readonly FeatureValue[])[];
}

/** Shows a source that is no definition yet. */
export interface SourcePreviewer {
  /** The first rows. Throws as SourceInspector does. */
  head(source: BatchSource, limit: number): Promise<SourceHead>;
}
