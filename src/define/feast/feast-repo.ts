import {
  batchSourceOf,
  type DataSource,
  type Definition,
  type Entity,
  type FeatureService,
  type FeatureView,
  type JoinKey,
  type Projection,
} from "../../domain/index.ts";
import { formatDuration } from "../../kit/index.ts";
import { type FeastDraft, type FeastNote, feastDraft } from "./feast-draft.ts";
import { fieldMappings, type MappingView, sourceVariable, writeSources } from "./feast-sources.ts";
import { entityType, fieldType } from "./feast-types.ts";
import { describedArgs, seconds } from "./feast-values.ts";
import { code, type PythonCode, pythonCall, pythonText } from "./python.ts";

export interface FeastRepoInput {
  readonly project: string;
  readonly definitions: readonly Definition[];
  /** Where Larder serves this project: the remote online store. */
  readonly servingUrl: string;
}

export interface FeastRepo {
  /** Name → text; the same definitions give the same bytes. */
  readonly files: ReadonlyMap<string, string>;
  /** What is not the same in Feast; each stands as a comment at its object, too. */
  readonly notes: readonly FeastNote[];
}

/** The first line of every file of an export: what tells it from a file that somebody wrote. */
export const FEAST_EXPORT_MARK = "# Written by `larder export feast`: change the definitions in Larder and export again.";

/** A Feast (Python) repo of the same definitions, whose online store is Larder's serving process. */
export function feastRepo({ project, definitions, servingUrl }: FeastRepoInput): FeastRepo {
  const draft = feastDraft();
  const entities = named(definitions, "entity");
  const sources = named(definitions, "data_source");
  const views = named(definitions, "feature_view");
  for (const entity of entities) writeEntity(draft, entity);
  const mappings = fieldMappings(draft, mappingViews(views, sources, entities));
  const written = writeSources(draft, sources, mappings);
  const writtenViews = new Set(views.flatMap((view) => (writeView(draft, { view, entities, written }) ? [view.name] : [])));
  for (const service of named(definitions, "feature_service")) writeService(draft, service, writtenViews);
  const head = `${FEAST_EXPORT_MARK}\n# Made for Feast 0.67; online values come from Larder, so \`feast apply\` and get_online_features are all it takes.`;
  return {
    files: new Map([
      ["feature_store.yaml", settings(project, servingUrl)],
      ["definitions.py", draft.text(head)],
    ]),
    notes: draft.notes,
  };
}

function named<K extends Definition["kind"]>(definitions: readonly Definition[], kind: K): readonly Extract<Definition, { kind: K }>[] {
  const found = definitions.filter((one): one is Extract<Definition, { kind: K }> => one.kind === kind);
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function settings(project: string, servingUrl: string): string {
  return `${FEAST_EXPORT_MARK}
project: ${project}
provider: local
registry: data/registry.db
online_store:
  type: remote
  path: ${JSON.stringify(servingUrl)}
offline_store:
  type: file
entity_key_serialization_version: 3
`;
}

/** Feast's entities have one join key each: one of several becomes several entities. */
function feastEntities({ name, joinKeys }: Entity): readonly { readonly name: string; readonly key: JoinKey }[] {
  return joinKeys.map((key) => ({ name: joinKeys.length === 1 ? name : `${name}__${key.name}`, key }));
}

function writeEntity(draft: FeastDraft, entity: Entity): void {
  const parts = feastEntities(entity);
  if (parts.length > 1) draft.note("comment", entity, `Feast's entities have one join key, so it is ${parts.map(({ name }) => name).join(" and ")} here.`);
  draft.uses("feast", "ValueType");
  const callee = draft.uses("feast", "Entity");
  const calls = parts.map(({ name, key }) => {
    const args = { name, join_keys: [key.name], value_type: code(entityType(key.type)), ...describedArgs(entity) };
    return `${name}_entity = ${pythonCall(callee, args)}`;
  });
  draft.add(entity, ...calls);
}

function mappingViews(views: readonly FeatureView[], sources: readonly DataSource[], entities: readonly Entity[]): readonly MappingView[] {
  return views.flatMap((view) => {
    const source = sources.find(({ name }) => name === view.source);
    const batch = source === undefined ? null : batchSourceOf(source);
    if (batch === null || view.transform !== null) return [];
    const joinKeys = entities.filter(({ name }) => view.entities.includes(name)).flatMap((entity) => entity.joinKeys);
    return [{ view, batch, joinKeys: joinKeys.map(({ name }) => name) }];
  });
}

interface ViewToWrite {
  readonly view: FeatureView;
  readonly entities: readonly Entity[];
  /** Sources that stand in the file. */
  readonly written: ReadonlySet<string>;
}

function writeView(draft: FeastDraft, { view, entities, written }: ViewToWrite): boolean {
  if (!draft.claim(view)) {
    draft.add(view);
    return false;
  }
  noteRest(draft, view);
  const parts = view.entities.flatMap((name) => entities.filter((entity) => entity.name === name)).flatMap(feastEntities);
  const fields = [...parts.map(({ key }) => field(draft, { ...key, description: "", tags: {} })), ...view.features.map((feature) => field(draft, feature))];
  const call = pythonCall(draft.uses("feast", "FeatureView"), {
    name: view.name,
    entities: parts.map(({ name }) => code(`${name}_entity`)),
    ttl: view.ttlSeconds === null ? undefined : seconds(draft, view.ttlSeconds),
    schema: fields,
    source: view.transform === null && written.has(view.source) ? code(sourceVariable(view.source)) : undefined,
    online: view.online,
    ...describedArgs(view),
  });
  draft.add(view, `${view.name}_view = ${call}`);
  return true;
}

function field(
  draft: FeastDraft,
  { name, type, description, tags }: Pick<FeatureView["features"][number], "name" | "type" | "description" | "tags">,
): PythonCode {
  const { imports, text } = fieldType(type);
  for (const one of imports) draft.uses("feast.types", one);
  return code(pythonCall(draft.uses("feast", "Field"), { name, dtype: code(text), ...describedArgs({ description, tags }) }));
}

/** What Feast has no place for. */
function noteRest(draft: FeastDraft, view: FeatureView): void {
  const { transform, team, schedule, freshnessSeconds, features } = view;
  if (transform !== null) draft.note("warning", view, "its SQL transform runs in Larder, so it has no source here: features are read online only.");
  if (features.some(({ type }) => type.startsWith("timestamp"))) draft.note("comment", view, "Feast keeps its timestamps in whole seconds.");
  const expected = features.filter(({ expect }) => expect !== undefined).map(({ name }) => name);
  const rest = [
    ...(team === null ? [] : [`team ${team}`]),
    ...(schedule === null ? [] : [`schedule ${schedule}`]),
    ...(freshnessSeconds === null ? [] : [`freshness ${formatDuration(freshnessSeconds)}`]),
    ...(expected.length === 0 ? [] : [`what is expected of ${expected.join(" and ")}`]),
  ];
  if (rest.length > 0) draft.note("comment", view, `known to Larder only: ${rest.join(", ")}.`);
}

function writeService(draft: FeastDraft, service: FeatureService, views: ReadonlySet<string>): void {
  const held = service.projections.filter(({ view }) => views.has(view));
  const lost = service.projections.filter(({ view }) => !views.has(view)).map(({ view }) => view);
  if (lost.length > 0) draft.note("warning", service, `without ${lost.join(", ")}, left out above.`);
  const args = { name: service.name, features: held.map((projection) => code(projectionText(projection))), ...describedArgs(service) };
  const statements = held.length === 0 ? [] : [`${service.name}_service = ${pythonCall(draft.uses("feast", "FeatureService"), args)}`];
  draft.add(service, ...statements);
}

function projectionText({ view, features, alias, joinKeyMap }: Projection): string {
  const picked = features === null ? "" : `[${pythonText(features)}]`;
  const role = alias === null ? "" : `.with_name(${pythonText(alias)})`;
  const keys = Object.keys(joinKeyMap).length === 0 ? "" : `.with_join_key_map(${pythonText(joinKeyMap)})`;
  return `${view}_view${picked}${role}${keys}`;
}
