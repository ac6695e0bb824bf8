import type { Action, FeatureView, Resource } from "../domain/index.ts";
import { isLarderError } from "../kit/index.ts";
import type { ProjectContext } from "./init.ts";

type Named = Pick<Resource, "kind" | "name"> & { readonly team?: string | null };

/** Asks the policy about a plain read; verbs that change something ask it themselves. */
export function authorizeRead(ctx: ProjectContext, action: Extract<Action, "discover" | "read_values">, { kind, name, team = null }: Named): Promise<void> {
  return ctx.runtime.authorizer.authorize({ actor: ctx.actor, action, resource: { project: ctx.project.name, kind, name, team } });
}

/** Why the actor may not read values here, for people; null: it may. For answers that tell values beside figures that all may see. */
export async function whyNoValues(ctx: ProjectContext, named: Named): Promise<string | null> {
  try {
    await authorizeRead(ctx, "read_values", named);
    return null;
  } catch (error) {
    if (!isLarderError(error, "permission_denied")) throw error;
    return error.message;
  }
}

export function viewResource(view: FeatureView): Named {
  return { kind: "feature_view", name: view.name, team: view.team };
}
