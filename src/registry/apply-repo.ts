import {
  type Actor,
  type AuditEntry,
  type AuditLog,
  definitionKey,
  type LocatedDefinition,
  type Plan,
  type Problem,
  type RepoContents,
} from "../domain/index.ts";
import { type Clock, LarderError, type Micros, type Transactor } from "../kit/index.ts";
import { auditChanges } from "./audit-changes.ts";
import { authorizeChanges } from "./authorize-changes.ts";
import { draftPlan, type PlanDraft } from "./draft-plan.ts";
import { definitionChanges } from "./field-changes.ts";
import { authorizeDefine, type PlanRepoDeps } from "./plan-repo.ts";
import type { Project, RegisteredDefinition, RegistryCommit } from "./port.ts";

export interface ApplyRepoDeps extends PlanRepoDeps {
  readonly audit: AuditLog;
  readonly transactor: Transactor;
  readonly clock: Clock;
}

export interface ApplyRepoInput {
  readonly actor: Actor;
  readonly repo: RepoContents;
  /** The revision of the plan that was looked at; absent: whatever holds now. */
  readonly expectedRevision?: number;
  readonly allowRemovals: boolean;
}

export interface Applied {
  /** What was done; no changes: there was nothing to do. */
  readonly plan: Plan;
  readonly project: Project;
}

/**
 * Makes the registry say what the repo says, in one transaction with its audit rows. Throws invalid_definition with all problems in its details,
 * conflict when the project changed since the plan, failed_precondition for removals that were not allowed, permission_denied. Then nothing changed.
 */
export async function applyRepo(deps: ApplyRepoDeps, { actor, repo, expectedRevision, allowRemovals }: ApplyRepoInput): Promise<Applied> {
  await authorizeDefine(deps.authorizer, actor, repo.project);
  const draft = await draftPlan(deps, repo);
  const { plan } = draft;
  refuseProblems(plan.problems);
  refuseStale(plan, expectedRevision);
  const definitions = [...draft.registered, ...repo.definitions];
  await authorizeChanges(deps.authorizer, { actor, project: repo.project, changes: plan.changes, definitions });
  if (!allowRemovals) refuseRemovals(plan);
  if (draft.project !== null && plan.changes.length === 0) return { plan, project: draft.project };
  const project = await deps.transactor.transact(async (tx) => {
    const committed = await deps.registry.commit(tx, commitOf(draft, repo));
    await deps.audit.record(tx, ...auditEntries(actor, deps.clock.now(), draft, committed));
    return committed;
  });
  return { plan, project };
}

function refuseProblems(problems: readonly Problem[]): void {
  const errors = problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (first === undefined) return;
  const place = first.file === null ? "" : `${first.file}${first.line === null ? "" : `:${first.line}`}: `;
  const more = errors.length === 1 ? "" : ` (and ${errors.length - 1} more)`;
  throw new LarderError("invalid_definition", `Nothing was applied. ${place}${first.message}${more}`, {
    hint: "`larder plan` lists every problem with file and line.",
    details: { problems },
  });
}

function refuseStale({ project, revision }: Plan, expected: number | undefined): void {
  if (expected === undefined || expected === revision) return;
  throw new LarderError("conflict", `Project ${project} is at revision ${revision} by now, the plan was made at ${expected}.`, {
    hint: "Run `larder plan` again, look at what would change now, then apply.",
  });
}

function refuseRemovals({ changes }: Plan): void {
  const removals = changes.filter(({ action }) => action === "remove").map(({ kind, name }) => `${kind} ${name}`);
  if (removals.length === 0) return;
  throw new LarderError("failed_precondition", `Apply would remove ${removals.join(", ")}, with what is stored online of it.`, {
    hint: "Allow removals (--yes), or put the definitions back.",
    details: { removals },
  });
}

function commitOf({ plan, managedBy, registered }: PlanDraft, { project, settings, definitions }: RepoContents): RegistryCommit {
  const present = new Map(registered.map((one) => [definitionKey(one.definition), one]));
  const removals = plan.changes.flatMap(({ kind, name, action }) => (action === "remove" && kind !== "project" ? [{ kind, name }] : []));
  const upserts = definitions.filter((one) => needsWriting(one, present.get(definitionKey(one.definition)), managedBy));
  return { project, settings, managedBy, expectedRevision: plan.revision, upserts, removals };
}

/** Also what only moved to another line: its place is worth knowing, though no change by itself. */
function needsWriting({ definition, origin }: LocatedDefinition, present: RegisteredDefinition | undefined, managedBy: string): boolean {
  if (present === undefined || present.managedBy !== managedBy) return true;
  const isMoved = present.origin?.file !== origin?.file || present.origin?.line !== origin?.line;
  return isMoved || definitionChanges(present.definition, definition).length > 0;
}

/** One line for the apply, one for each change. */
function auditEntries(actor: Actor, at: Micros, { plan, managedBy }: PlanDraft, { name, revision }: Project): readonly AuditEntry[] {
  const detail = { managedBy, revision, changes: plan.changes.length };
  const applied = { at, actor, project: name, action: "applied", subject: `project:${name}`, detail };
  return [applied, ...auditChanges({ actor, at, project: name, revision, changes: plan.changes })];
}
