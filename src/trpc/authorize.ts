import type { Action, FeatureView, Resource } from "../domain/index.ts";
import type { ProjectContext } from "./init.ts";

type Named = Pick<Resource, "kind" | "name"> & { readonly team?: string | null };

/** Asks the policy about a plain read; verbs that change something ask it themselves. */
export function authorizeRead(ctx: ProjectContext, action: Extract<Action, "discover" | "read_values">, { kind, name, team = null }: Named): Promise<void> {
  return ctx.runtime.authorizer.authorize({ actor: ctx.actor, action, resource: { project: ctx.project.name, kind, name, team } });
}

export function viewResource(view: FeatureView): Named {
  return { kind: "feature_view", name: view.name, team: view.team };
}
