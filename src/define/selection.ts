import { type Entity, isName, NAME_RULE, type Projection } from "../domain/index.ts";
import { type CallSite, callSiteOf } from "./call-site.ts";
import { brandOnly, draftOf, draftOfKind, type FeatureSelection, type Mistake } from "./handle.ts";
import { isRecord, type OptionReader } from "./option-reader.ts";
import { suggestion } from "./suggest.ts";
import { isUnloaded } from "./unloaded.ts";

/** A view, as far as a selection has to know it. */
interface SelectableView {
  readonly name: string;
  /** The view's handle, which exists only after its methods do. */
  readonly handle: () => object;
  /** All features that its schema names, wrong ones too; null: not known. */
  readonly features: readonly string[] | null;
  readonly joinKeys: readonly string[] | null; // null: not known
}

/** What a selection says so far, and what is wrong with it. */
interface SelectionState {
  readonly view: SelectableView;
  readonly projection: Projection;
  readonly mistakes: readonly Mistake[];
}

const states = new WeakMap<object, SelectionState>();

/** The selection behind what `pick` or `as` gave, or null for any other value. */
function selectionOf(value: unknown): SelectionState | null {
  return typeof value === "object" && value !== null ? (states.get(value) ?? null) : null;
}

/** What a view's `pick` and `as` have to know of it. */
export function selectableView(reader: OptionReader, name: string, entities: readonly Entity[] | null, handle: () => object): SelectableView {
  const schema = reader.raw("schema");
  const joinKeys = entities?.flatMap((entity) => entity.joinKeys.map((key) => key.name)) ?? null;
  return { name, handle, features: isUnloaded(schema) ? null : Object.keys(reader.record("schema")), joinKeys };
}

/** All of a view, to be shaped by `pick` and `as`, in any order. */
export function selectAll<F extends string, K extends string>(view: SelectableView): FeatureSelection<F, K> {
  return makeSelection<F, K>({ view, projection: { view: view.name, features: null, alias: null, joinKeyMap: {} }, mistakes: [] });
}

function makeSelection<F extends string, K extends string>(state: SelectionState): FeatureSelection<F, K> {
  const change = <G extends string>(projection: Partial<Projection>, mistakes: readonly string[], site: CallSite | null) => {
    const noted = mistakes.map((message) => ({ message: `feature view "${state.view.name}": ${message}`, site }));
    return makeSelection<G, K>({ ...state, projection: { ...state.projection, ...projection }, mistakes: [...state.mistakes, ...noted] });
  };
  const pick = <P extends F>(...features: [P, ...P[]]): FeatureSelection<P, K> =>
    change<P>({ features: Object.freeze([...features]) }, pickMistakes(state, features), callSiteOf(pick));
  const as = (alias: string, joinKeys?: Readonly<Partial<Record<K, string>>>): FeatureSelection<F, K> =>
    change<F>({ alias, joinKeyMap: readJoinKeyMap(joinKeys ?? {}) }, aliasMistakes(state, alias, joinKeys ?? {}), callSiteOf(as));
  const selection = brandOnly<FeatureSelection<F, K>>({ kind: "feature_selection", name: state.view.name, pick, as });
  states.set(selection, state);
  return selection;
}

function pickMistakes({ view, projection }: SelectionState, features: readonly unknown[]): readonly string[] {
  const known = projection.features ?? view.features;
  const mistakes = features.length === 0 ? ["pick() names no feature"] : [];
  for (const [index, feature] of features.entries()) {
    if (isUnloaded(feature) || known === null) continue;
    if (typeof feature !== "string" || !known.includes(feature))
      mistakes.push(`pick: it has no feature "${String(feature)}"${suggestion(String(feature), known)}`);
    else if (features.indexOf(feature) !== index) mistakes.push(`pick: "${feature}" is named twice`);
  }
  return mistakes;
}

function aliasMistakes({ view }: SelectionState, alias: unknown, joinKeys: unknown): readonly string[] {
  const mistakes: string[] = [];
  if (!isUnloaded(alias) && (typeof alias !== "string" || !isName(alias)))
    mistakes.push(`as: the alias "${String(alias)}" is not allowed: names are ${NAME_RULE}`);
  if (!isRecord(joinKeys)) return isUnloaded(joinKeys) ? mistakes : [...mistakes, 'as: the join keys must be an object, such as { city: "pickup_city" }'];
  for (const [key, column] of Object.entries(joinKeys)) {
    if (view.joinKeys !== null && !view.joinKeys.includes(key)) mistakes.push(`as: "${key}" is not one of its join keys${suggestion(key, view.joinKeys)}`);
    if (!isUnloaded(column) && (typeof column !== "string" || !isName(column))) mistakes.push(`as: ${key}: "${String(column)}" is not a name for a column`);
  }
  const columns = (view.joinKeys ?? []).map((key) => joinKeys[key] ?? key);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  return twice === undefined ? mistakes : [...mistakes, `as: two join keys would be called "${String(twice)}"`];
}

function readJoinKeyMap(joinKeys: unknown): Readonly<Record<string, string>> {
  const entries = isRecord(joinKeys) ? Object.entries(joinKeys) : [];
  return Object.freeze(Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === "string")));
}

/** A view or a selection as the projection of a service; null where the value is neither. */
export function projectionOf(value: unknown): { readonly projection: Projection; readonly view: object; readonly mistakes: readonly Mistake[] } | null {
  const draft = draftOfKind("feature_view", value);
  if (draft !== null) {
    const name = (value as { readonly name: string }).name; // every handle has one
    return { projection: { view: name, features: null, alias: null, joinKeyMap: {} }, view: value as object, mistakes: draft.mistakes };
  }
  const state = selectionOf(value);
  if (state === null) return null;
  const view = state.view.handle();
  return { projection: Object.freeze(state.projection), view, mistakes: [...(draftOf(view)?.mistakes ?? []), ...state.mistakes] };
}
