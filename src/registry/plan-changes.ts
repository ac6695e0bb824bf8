import {
  type Change,
  type DataSource,
  type Definition,
  type DefinitionKind,
  definitionKey,
  type Entity,
  type FeatureView,
  type FieldChange,
  type LocatedDefinition,
  type Problem,
  type ProjectDefinitions,
  projectDefinitions,
  viewSpec,
  viewSpecFingerprint,
} from "../domain/index.ts";
import { definitionChanges, type Upstream, upstreamChanges } from "./field-changes.ts";
import type { RegisteredDefinition } from "./port.ts";
import { errorAt, labelOf } from "./problem.ts";
import { type Reach, reachOf } from "./reach.ts";

export interface DiffRequest {
  /** Who plans: `repo:<name>`. */
  readonly managedBy: string;
  readonly registered: readonly RegisteredDefinition[];
  /** What the repo defines. */
  readonly wanted: readonly LocatedDefinition[];
}

export interface Diff {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/**
 * What has to happen so that the registry says what the repo says. The repo touches what it manages; an object of the same name that
 * someone else manages is adopted when it is identical, and a problem when it is not. What others manage beyond that stays.
 */
export function planChanges({ managedBy, registered, wanted }: DiffRequest): Diff {
  const before = new Map(registered.map((one) => [definitionKey(one.definition), one]));
  const after = new Map(wanted.map((one) => [definitionKey(one.definition), one]));
  const kept = registered.filter((one) => one.managedBy !== managedBy && !after.has(definitionKey(one.definition)));
  const comparison: Comparison = {
    before: projectDefinitions(registered),
    after: projectDefinitions([...kept, ...after.values()]),
    reach: reachOf([...registered, ...after.values()]),
  };
  const changes: Change[] = [];
  const problems: Problem[] = [];
  for (const { definition, origin } of after.values()) {
    const present = before.get(definitionKey(definition));
    if (present === undefined) changes.push(change(definition, "add", [], []));
    else if (present.managedBy === managedBy) changes.push(...changed(present.definition, definition, comparison));
    else if (sameButForWriting(present.definition, definition)) changes.push(change(definition, "adopt", managers(present, managedBy), []));
    else problems.push(errorAt(origin, conflict(present, definition)));
  }
  // a view that others manage gets a new version too when its entity or source changes under it
  for (const { definition } of kept) changes.push(...changed(definition, definition, comparison));
  for (const [key, { definition, managedBy: manager }] of before) {
    if (manager === managedBy && !after.has(key)) changes.push(change(definition, "remove", [], comparison.reach.of(definition, "all")));
  }
  return { changes: changes.sort(inOrderOfWork), problems };
}

interface Comparison {
  readonly before: ProjectDefinitions;
  readonly after: ProjectDefinitions;
  readonly reach: Reach;
}

function change(definition: Definition, action: Change["action"], fields: readonly FieldChange[], affects: readonly string[]): Change {
  return { kind: definition.kind, name: definition.name, action, fields, affects };
}

/** How a path is written differs between a repo and the console; where it leads does not. */
function sameButForWriting(before: Definition, after: Definition): boolean {
  return definitionChanges(before, after).every(({ field }) => field === "pathAsWritten" || field === "batchSource.pathAsWritten");
}

function managers(present: RegisteredDefinition, managedBy: string): readonly FieldChange[] {
  return [{ field: "managedBy", before: present.managedBy, after: managedBy }];
}

function conflict(present: RegisteredDefinition, definition: Definition): string {
  const differing = definitionChanges(present.definition, definition).map(({ field }) => field);
  const shown = differing.length > 4 ? `${differing.slice(0, 4).join(", ")} and more` : differing.join(", ");
  const manager = present.managedBy === "console" ? "the console" : present.managedBy;
  return `${labelOf(definition)} is managed by ${manager} and differs in ${shown}: make it identical to adopt it, rename it, or remove it there first`;
}

/** None when both say the same and, for a view, what it is made from did not become another. */
function changed(before: Definition, after: Definition, comparison: Comparison): readonly Change[] {
  const own = definitionChanges(before, after);
  const isVersioned = before.kind === "feature_view" && after.kind === "feature_view";
  const upstream = isVersioned ? upstreamOf(before, after, comparison) : { fields: [], isNewVersion: false };
  const fields = [...own, ...upstream.fields];
  if (fields.length === 0 && !upstream.isNewVersion) return [];
  return [change(after, upstream.isNewVersion ? "new_version" : "change", fields, comparison.reach.of(after, fields))];
}

function upstreamOf(before: FeatureView, after: FeatureView, comparison: Comparison) {
  const [old, now] = [upstreamIn(before, comparison.before), upstreamIn(after, comparison.after)];
  if (old === null || now === null) return { fields: [], isNewVersion: false }; // a reference leads nowhere: told as a problem
  const [was, is] = [viewSpec(before, old.entities, old.source), viewSpec(after, now.entities, now.source)];
  const isNewVersion = viewSpecFingerprint(was) !== viewSpecFingerprint(is);
  return { fields: isNewVersion ? upstreamFields(before, after, old, now) : [], isNewVersion };
}

/** Only where the view still names the same ones: else its own fields say it. */
function upstreamFields(before: FeatureView, after: FeatureView, old: Upstream, now: Upstream): readonly FieldChange[] {
  const sameEntities = before.entities.join() === after.entities.join();
  return upstreamChanges(
    after,
    { entities: sameEntities ? old.entities : now.entities, source: before.source === after.source ? old.source : now.source },
    now,
  );
}

function upstreamIn(view: FeatureView, defined: ProjectDefinitions): Upstream | null {
  const source: DataSource | undefined = defined.source(view.source);
  const entities: readonly Entity[] = view.entities.flatMap((name) => defined.entity(name) ?? []);
  return source === undefined || entities.length < view.entities.length ? null : { entities, source };
}

const KIND_ORDER: readonly DefinitionKind[] = ["entity", "data_source", "feature_view", "feature_service"];

/** What others build on first; removals last, in the opposite order. */
function inOrderOfWork(a: Change, b: Change): number {
  const position = ({ kind, action }: Change) => {
    const index = KIND_ORDER.indexOf(kind as DefinitionKind); // -1: the project, before everything
    return action === "remove" ? 2 * KIND_ORDER.length - index : index;
  };
  return position(a) - position(b) || (a.name < b.name ? -1 : 1);
}
