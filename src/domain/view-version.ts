import { canonicalJson, type Json } from "../kit/index.ts";
import { type BatchSource, batchSourceOf, type DataSource, type Entity, type Feature, type FeatureView, type JoinKey } from "./definition.ts";
import type { ValueType } from "./value-type.ts";

/** A feature as one version of a view fixes it. */
export interface FeatureField {
  readonly name: string;
  readonly type: ValueType;
  readonly column: string;
}

/**
 * The immutable part of a view: what its stored rows depend on. A change of any of it is a new version.
 * Join keys and features stand sorted by name, so that their order in the code means nothing.
 */
export interface ViewSpec {
  readonly joinKeys: readonly JoinKey[];
  readonly features: readonly FeatureField[];
  readonly source: SourceIdentity;
  readonly transform: string | null;
}

/** What makes a source another source. Paths, brokers and connections are not part of it: they change in place. */
export interface SourceIdentity {
  readonly name: string;
  readonly type: DataSource["type"];
  readonly timestampField: string;
  readonly createdTimestampColumn: string | null;
  readonly query: string | null;
  readonly batch: SourceIdentity | null;
}

/** One version of a view as the pipeline works with it: the immutable spec and what holds now. */
export interface ViewVersion extends ViewSpec {
  readonly project: string;
  readonly view: string;
  readonly versionId: string;
  readonly versionNumber: number; // from 1
  readonly ttlSeconds: number | null;
  readonly batchSource: BatchSource | null; // null: nothing to read history from
  readonly online: boolean;
}

export function viewSpec(view: FeatureView, entities: readonly Entity[], source: DataSource): ViewSpec {
  return {
    joinKeys: byName(entities.flatMap((entity) => entity.joinKeys)),
    features: byName(view.features.map(({ name, type, column }: Feature) => ({ name, type, column }))),
    source: sourceIdentity(source),
    transform: view.transform,
  };
}

function sourceIdentity(source: DataSource): SourceIdentity {
  const { name, type, timestampField, createdTimestampColumn } = source;
  const batch = batchSourceOf(source);
  return {
    name,
    type,
    timestampField,
    createdTimestampColumn,
    query: source.type === "postgres" ? (source.query ?? source.table) : null,
    batch: batch === null || batch === source ? null : sourceIdentity(batch),
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Text that is equal exactly when two specs are the same version; hash it to store it. */
export function viewSpecFingerprint(spec: ViewSpec): string {
  return canonicalJson(spec as unknown as Json);
}
