import type { Actor, Authorizer, Plan, RepoContents } from "../domain/index.ts";
import { type DraftDeps, draftPlan } from "./draft-plan.ts";

export interface PlanRepoDeps extends DraftDeps {
  readonly authorizer: Authorizer;
}

export interface PlanRepoInput {
  readonly actor: Actor;
  readonly repo: RepoContents;
}

/**
 * What apply would change, and every problem at once with file and line: what the loader found, references, names, sources that cannot be
 * read, columns that are missing or of another type. Changes nothing. Throws permission_denied for whoever may not define.
 */
export async function planRepo(deps: PlanRepoDeps, { actor, repo }: PlanRepoInput): Promise<Plan> {
  await authorizeDefine(deps.authorizer, actor, repo.project);
  return (await draftPlan(deps, repo)).plan;
}

/** Planning opens files on this machine, so it takes the same right as applying. */
export function authorizeDefine(authorizer: Authorizer, actor: Actor, project: string): Promise<void> {
  return authorizer.authorize({ actor, action: "define", resource: { project, kind: "project", name: project, team: null } });
}
