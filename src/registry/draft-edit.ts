import { type Change, type Definition, definitionKey, type LocatedDefinition, type Problem } from "../domain/index.ts";
import { LarderError } from "../kit/index.ts";
import { checkDefinitions } from "./check-definitions.ts";
import type { DataFolders } from "./data-folders.ts";
import { type DefinitionEdit, type EditPlan, subjectOf } from "./definition-edit.ts";
import { dependantsOf } from "./dependants.ts";
import type { DraftDeps } from "./draft-plan.ts";
import { conflictOf } from "./edit-conflict.ts";
import { isText } from "./field-changes.ts";
import { inspectSources } from "./inspect-sources.ts";
import { requireProject } from "./open-project.ts";
import { planChanges } from "./plan-changes.ts";
import type { Project, RegisteredDefinition } from "./port.ts";
import { errorAt, inOrder, labelOf } from "./problem.ts";

export const CONSOLE = "console";

export interface EditDeps extends DraftDeps {
  readonly folders: DataFolders;
}

/** A plan with what it was worked out from, so that it can be carried out. */
export interface EditDraft {
  readonly plan: EditPlan;
  readonly project: Project;
  readonly registered: readonly RegisteredDefinition[];
}

/**
 * Compares an edit with the registry, and opens the sources that it concerns. Throws not_found for an unknown project or a removal of nothing,
 * failed_precondition for what a repo manages, already_exists for a new definition whose name is taken.
 */
export async function draftEdit(deps: EditDeps, projectName: string, edit: DefinitionEdit): Promise<EditDraft> {
  const project = await requireProject(deps.registry, projectName);
  const registered = await deps.registry.definitions(projectName);
  const key = definitionKey(subjectOf(edit));
  const present = registered.find(({ definition }) => definitionKey(definition) === key);
  refuseForeign(present);
  if (present !== undefined && edit.base === null) throw taken(present);
  const conflict = conflictOf(edit, present);
  if (conflict !== null) return { plan: { change: null, reached: [], problems: [], dependants: [], conflict }, project, registered };
  return { plan: await planEdit(deps, edit, registered), project, registered };
}

function refuseForeign(present: RegisteredDefinition | undefined): void {
  if (present === undefined || present.managedBy === CONSOLE) return;
  const { definition, origin, managedBy } = present;
  const place = origin === null ? "" : `, ${origin.file}:${origin.line}`;
  throw new LarderError("failed_precondition", `The ${labelOf(definition)} is managed by ${managedBy.replace(":", " ")}${place}.`, {
    hint: "Change it there, then run larder apply.",
    details: { managedBy, origin },
  });
}

function taken({ definition }: RegisteredDefinition): LarderError {
  return new LarderError("already_exists", `There is a ${labelOf(definition)} already.`, { hint: "Choose another name, or edit that one." });
}

async function planEdit(deps: EditDeps, edit: DefinitionEdit, registered: readonly RegisteredDefinition[]): Promise<EditPlan> {
  const subject = subjectOf(edit);
  const key = definitionKey(subject);
  const others = registered.filter(({ definition }) => definitionKey(definition) !== key);
  const own: readonly LocatedDefinition[] = edit.action === "save" ? [{ definition: edit.definition, origin: null }] : [];
  const wanted = [...others.filter(({ managedBy }) => managedBy === CONSOLE), ...own];
  const { changes } = planChanges({ managedBy: CONSOLE, registered, wanted });
  const isOwn = (change: Change) => definitionKey({ kind: subject.kind, name: change.name }) === key && change.kind === subject.kind;
  const change = changes.find(isOwn) ?? null;
  const dependants = dependantsOf(subject, others);
  const plan = { change, reached: changes.filter((one) => !isOwn(one)), dependants, conflict: null };
  if (edit.action === "remove") return { ...plan, problems: [] };
  const problems = [...checkDefinitions({ own, foreign: others, loaded: [] }), ...(await checkData(deps, edit, change, others))];
  return { ...plan, problems: inOrder(problems) };
}

/** Texts concern no data; all else is compared with the files, where they may be read at all. */
async function checkData(
  deps: EditDeps,
  { definition, base }: Extract<DefinitionEdit, { readonly action: "save" }>,
  change: Change | null,
  others: readonly LocatedDefinition[],
): Promise<readonly Problem[]> {
  if (change === null || (change.action === "change" && change.fields.every(({ field }) => isText(field)))) return [];
  const outside = await outsideProblem(deps.folders, definition, base);
  return outside === null ? inspectSources(deps.inspector, concerned(definition, others)) : [outside];
}

async function outsideProblem(folders: DataFolders, definition: Definition, base: Definition | null): Promise<Problem | null> {
  if (definition.kind !== "data_source" || definition.type !== "file") return null;
  if (base?.kind === "data_source" && base.type === "file" && base.path === definition.path) return null;
  const reason = await folders.reasonOutside(definition.path);
  return reason === null ? null : errorAt(null, `${labelOf(definition)}: ${reason}`);
}

/** The definition, the views that read through it, and what those are made from. */
function concerned(definition: Definition, others: readonly LocatedDefinition[]): readonly LocatedDefinition[] {
  const own = { definition, origin: null };
  if (definition.kind === "feature_service") return [];
  const dependants = new Set(dependantsOf(definition, others));
  const views = definition.kind === "feature_view" ? [own] : others.filter((one) => dependants.has(definitionKey(one.definition)));
  const needed = new Set<string>();
  for (const { definition: view } of views) {
    if (view.kind !== "feature_view") continue;
    needed.add(definitionKey({ kind: "data_source", name: view.source }));
    for (const name of view.entities) needed.add(definitionKey({ kind: "entity", name }));
  }
  return [own, ...views.filter((one) => one !== own), ...others.filter((one) => needed.has(definitionKey(one.definition)))];
}
