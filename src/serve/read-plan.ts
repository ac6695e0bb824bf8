import type { JoinKey, ScalarType, ViewVersion } from "../domain/index.ts";
import { compileRowReader, type RowReader } from "../online/index.ts";
import { type FeatureRequest, type RegistrySnapshot, type ResolvedFeature, resolveFeatures } from "../registry/index.ts";

/** One view in one role: read once, whatever number of its features is asked for. */
export interface PlannedRead {
  readonly view: ViewVersion;
  /** Which of the plan's keys its rows go by. */
  readonly keys: number;
  /** Features to decode, each once; the reader's stand in the same order. */
  readonly features: readonly string[];
  readonly reader: RowReader;
}

/** Entity keys to make of the request's columns; views with the same join keys in the same roles share them. */
export interface PlannedKeys {
  readonly joinKeys: readonly JoinKey[];
  /** The request's column for each join key, in their order. */
  readonly columns: readonly string[];
}

export interface PlannedOutput {
  readonly name: string;
  readonly feature: string;
  readonly viewName: string;
  /** Where its values come from; null: no version that has it is ready, so it reads NOT_FOUND. */
  readonly from: { readonly read: number; readonly slot: number } | null;
}

/** What a request's features mean in one snapshot; does not depend on the entities. */
export interface ReadPlan {
  readonly snapshot: RegistrySnapshot;
  readonly keys: readonly PlannedKeys[];
  readonly reads: readonly PlannedRead[];
  readonly outputs: readonly PlannedOutput[];
  /** The outputs' names as items of a JSON list. */
  readonly namesJson: string;
  /** Columns that the request must bring; several types where views in one request disagree about a key's type. */
  readonly columns: ReadonlyMap<string, readonly ScalarType[]>;
  /** Views whose values are asked for, each once. */
  readonly views: readonly string[];
}

const PLANS_MAX = 1_000;
const plansOf = new WeakMap<RegistrySnapshot, Map<string, ReadPlan>>();

/** The plan of a request, worked out once per snapshot. Throws as resolveFeatures does. */
export function planRead(snapshot: RegistrySnapshot, request: FeatureRequest): ReadPlan {
  const plans = plansOf.get(snapshot) ?? new Map<string, ReadPlan>();
  const key = `${request.fullFeatureNames ? "full" : "short"}\n${request.service ?? ""}\n${request.features?.join("\n") ?? ""}`;
  const known = plans.get(key);
  if (known) return known;
  const plan = makePlan(snapshot, request);
  if (plans.size >= PLANS_MAX) plans.clear();
  plansOf.set(snapshot, plans.set(key, plan));
  return plan;
}

/** The reads of a plan while it is made. */
interface Draft {
  readonly view: ViewVersion;
  readonly keys: PlannedKeys;
  readonly features: string[];
}

function makePlan(snapshot: RegistrySnapshot, request: FeatureRequest): ReadPlan {
  const drafts = new Map<string, Draft>();
  const columns = new Map<string, ScalarType[]>();
  const outputs = resolveFeatures(snapshot, request, "ready").columns.map((column): PlannedOutput => {
    const { output: name, feature, viewName } = column;
    const { shape, view } = versionsOf(snapshot, column);
    const keys = { joinKeys: shape.joinKeys, columns: shape.joinKeys.map((key) => column.joinKeyMap[key.name] ?? key.name) };
    for (const [index, key] of keys.joinKeys.entries()) addType(columns, keys.columns[index] ?? key.name, key.type);
    return { name, feature, viewName, from: view === null ? null : place(drafts, { view, keys }, feature) };
  });
  const keys = new Map([...drafts.values()].map((draft) => [keysId(draft.keys), draft.keys]));
  const keyIds = [...keys.keys()];
  const reads = [...drafts.values()].map(({ view, features, keys: own }): PlannedRead => {
    return { view, features, keys: keyIds.indexOf(keysId(own)), reader: compileRowReader(view, features) };
  });
  const namesJson = outputs.map(({ name }) => JSON.stringify(name)).join(",");
  return { snapshot, keys: [...keys.values()], reads, outputs, namesJson, columns, views: [...new Set(outputs.map(({ viewName }) => viewName))] };
}

/**
 * The version to read, and the one whose join keys the request must bring. A view of which no version was ever ready has nothing
 * that could go out: its newest is read, so that pushed rows are seen before the first materialize.
 */
function versionsOf(snapshot: RegistrySnapshot, column: ResolvedFeature): { readonly shape: ViewVersion; readonly view: ViewVersion | null } {
  if (column.view !== null) return { shape: column.view, view: column.view };
  const found = snapshot.views.get(column.viewName);
  if (found === undefined) throw new Error(`resolved a view that the snapshot lacks: ${column.viewName}`);
  return { shape: found.newest, view: found.ready === null ? found.newest : null };
}

function place(drafts: Map<string, Draft>, { view, keys }: Pick<Draft, "view" | "keys">, feature: string): { read: number; slot: number } {
  const id = `${view.versionId} ${keysId(keys)}`;
  const draft = drafts.get(id) ?? { view, keys, features: [] };
  drafts.set(id, draft);
  if (!draft.features.includes(feature)) draft.features.push(feature);
  return { read: [...drafts.keys()].indexOf(id), slot: draft.features.indexOf(feature) };
}

function keysId({ joinKeys, columns }: PlannedKeys): string {
  return JSON.stringify([joinKeys.map(({ type }) => type), columns]);
}

function addType(columns: Map<string, ScalarType[]>, column: string, type: ScalarType): void {
  const types = columns.get(column) ?? [];
  if (!types.includes(type)) types.push(type);
  columns.set(column, types);
}
