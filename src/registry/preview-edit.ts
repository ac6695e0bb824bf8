import type { Actor, Authorizer } from "../domain/index.ts";
import type { DefinitionEdit, EditPlan } from "./definition-edit.ts";
import { draftEdit, type EditDeps } from "./draft-edit.ts";
import { authorizeDefine } from "./plan-repo.ts";

export interface PreviewEditDeps extends EditDeps {
  readonly authorizer: Authorizer;
}

export interface EditInput {
  readonly actor: Actor;
  readonly project: string;
  readonly edit: DefinitionEdit;
}

/**
 * What an edit would do: the difference field by field, whether it makes new versions, who is hit, every problem at once, and, where someone else
 * was faster, both versions. Changes nothing. Throws permission_denied, and what draftEdit throws.
 */
export async function previewEdit(deps: PreviewEditDeps, { actor, project, edit }: EditInput): Promise<EditPlan> {
  await authorizeDefine(deps.authorizer, actor, project);
  return (await draftEdit(deps, project, edit)).plan;
}
