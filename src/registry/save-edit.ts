import type { AuditLog, Change, LocatedDefinition } from "../domain/index.ts";
import { type Clock, isLarderError, LarderError, type Transactor } from "../kit/index.ts";
import { auditChanges } from "./audit-changes.ts";
import { authorizeChanges } from "./authorize-changes.ts";
import { type DefinitionEdit, type EditPlan, subjectOf } from "./definition-edit.ts";
import { CONSOLE, draftEdit, type EditDraft } from "./draft-edit.ts";
import { conflictError } from "./edit-conflict.ts";
import { authorizeDefine } from "./plan-repo.ts";
import type { Project } from "./port.ts";
import type { EditInput, PreviewEditDeps } from "./preview-edit.ts";
import { labelOf } from "./problem.ts";

export interface SaveEditDeps extends PreviewEditDeps {
  readonly audit: AuditLog;
  readonly transactor: Transactor;
  readonly clock: Clock;
}

export interface SavedEdit {
  /** What was done; a change of null: there was nothing to do. */
  readonly plan: EditPlan;
  readonly revision: number;
}

/** How often others may change something else of the project under a save before it gives up. */
const ATTEMPTS_MAX = 5;

/**
 * Carries out one edit, in one transaction with its audit rows; what it writes is managed by the console. Throws conflict with both versions in its
 * details when the definition is no longer what the edit started from, invalid_definition with all problems, failed_precondition for a removal that
 * others depend on and for what a repo manages, permission_denied. Then nothing changed. Changes of other definitions meanwhile are no conflict.
 */
export async function saveEdit(deps: SaveEditDeps, input: EditInput): Promise<SavedEdit> {
  await authorizeDefine(deps.authorizer, input.actor, input.project);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryToSave(deps, input);
    } catch (error) {
      const isOvertaken = isLarderError(error, "conflict") && error.details?.theirs === undefined;
      if (!isOvertaken || attempt === ATTEMPTS_MAX) throw error;
    }
  }
}

async function tryToSave(deps: SaveEditDeps, { actor, project: name, edit }: EditInput): Promise<SavedEdit> {
  const draft = await draftEdit(deps, name, edit);
  const { plan, project, registered } = draft;
  refuse(edit, plan);
  const own: readonly LocatedDefinition[] = edit.action === "save" ? [{ definition: edit.definition, origin: null }] : [];
  const changes: readonly Change[] = plan.change === null ? [] : [plan.change, ...plan.reached];
  await authorizeChanges(deps.authorizer, { actor, project: name, changes, definitions: [...registered, ...own] });
  if (changes.length === 0) return { plan, revision: project.revision };
  const after = await deps.transactor.transact(async (tx) => {
    const committed = await deps.registry.commit(tx, commitOf(edit, draft, own));
    await deps.audit.record(tx, ...auditChanges({ actor, at: deps.clock.now(), project: name, revision: committed.revision, changes }));
    return committed;
  });
  return { plan, revision: after.revision };
}

function commitOf(edit: DefinitionEdit, { project }: EditDraft, own: readonly LocatedDefinition[]): Parameters<SaveEditDeps["registry"]["commit"]>[1] {
  const { name, settings, revision }: Project = project;
  const removals = edit.action === "remove" ? [subjectOf(edit)] : [];
  return { project: name, settings, managedBy: CONSOLE, expectedRevision: revision, upserts: own, removals };
}

function refuse(edit: DefinitionEdit, { conflict, problems, dependants }: EditPlan): void {
  if (conflict !== null) throw conflictError(edit, conflict);
  if (edit.action === "remove" && dependants.length > 0) {
    throw new LarderError("failed_precondition", `The ${labelOf(subjectOf(edit))} is still used by ${dependants.join(", ")}.`, {
      hint: "Remove or change these first.",
      details: { dependants },
    });
  }
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  throw new LarderError("invalid_definition", `Nothing was saved. ${first.message}${more}`, { details: { problems } });
}
