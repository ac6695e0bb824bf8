import {
  type BatchSource,
  batchSourceOf,
  type DataSource,
  type Definition,
  type FeatureView,
  type LocatedDefinition,
  type ProjectSettings,
  type Tags,
  type ViewSpec,
  type ViewVersion,
} from "../../../domain/index.ts";
import type { Project, RegisteredDefinition } from "../../port.ts";

/*
 * Rows as PostgreSQL gives them, and what they mean. JSON columns hold records that only commit.ts writes,
 * so that reading them back under their type is safe.
 */

export interface ProjectRow {
  readonly id: number;
  readonly onlineId: string;
  readonly name: string;
  readonly revision: number;
  readonly servingRevision: number;
  readonly settings: unknown;
}

export function toProject(row: ProjectRow): Project {
  const { onlineId, name, revision, servingRevision, settings } = row;
  return { onlineId, name, revision, servingRevision, settings: settings as ProjectSettings };
}

export interface DefinitionRow {
  readonly body: unknown;
  readonly managedBy: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export function toDefinition(row: DefinitionRow): RegisteredDefinition {
  const { managedBy, createdAt, updatedAt } = row;
  const origin = row.file === null ? null : { file: row.file, line: row.line ?? 1 };
  return { definition: row.body as Definition, origin, managedBy, createdAt, updatedAt };
}

export interface VersionRow {
  readonly id: number;
  readonly number: number;
  readonly view: string;
  readonly spec: unknown;
}

/** A version with what holds now: of its view (null: removed) and of the view's source. */
export function toViewVersion(row: VersionRow, project: string, view: FeatureView | null, source: DataSource | null): ViewVersion {
  const spec = row.spec as ViewSpec;
  const batchSource: BatchSource | null = source === null ? null : batchSourceOf(source);
  return {
    ...spec,
    project,
    view: row.view,
    versionId: String(row.id),
    versionNumber: row.number,
    ttlSeconds: view?.ttlSeconds ?? null,
    batchSource,
    online: view?.online ?? false,
  };
}

/** Columns of the definition table that repeat parts of the body, for lists and search. */
export interface DefinitionColumns {
  readonly kind: string;
  readonly name: string;
  readonly body: Definition;
  readonly file: string | null;
  readonly line: number | null;
  readonly description: string;
  readonly owner: string | null;
  readonly team: string | null;
  readonly tags: readonly string[];
  readonly type: string | null;
}

export function definitionColumns({ definition, origin }: LocatedDefinition): DefinitionColumns {
  const { kind, name, description, owner } = definition;
  const texts = { description, owner, tags: toTagTexts(definition.tags) };
  const place = { file: origin?.file ?? null, line: origin?.line ?? null };
  const team = kind === "feature_view" ? definition.team : null;
  const type = kind === "feature_view" || kind === "data_source" ? definition.type : null;
  return { kind, name, body: definition, ...place, ...texts, team, type };
}

/** `{ tier: "gold" }` → `["tier:gold"]`, sorted. */
function toTagTexts(tags: Tags): readonly string[] {
  return Object.entries(tags)
    .map(([key, value]) => `${key}:${value}`)
    .sort();
}

export function fromTagTexts(texts: readonly string[]): Tags {
  const tags: Record<string, string> = {};
  for (const text of texts) {
    const colon = text.indexOf(":");
    tags[text.slice(0, colon)] = text.slice(colon + 1);
  }
  return tags;
}
