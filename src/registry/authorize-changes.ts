import type { Actor, Authorizer, Change, LocatedDefinition } from "../domain/index.ts";

export interface ChangesOfActor {
  readonly actor: Actor;
  readonly project: string;
  readonly changes: readonly Change[];
  /** Before and after. */
  readonly definitions: readonly LocatedDefinition[];
}

/** A view belongs to a team: whoever changes it must be allowed by the team it had and the one it gets. Throws permission_denied. */
export async function authorizeChanges(authorizer: Authorizer, { actor, project, changes, definitions }: ChangesOfActor): Promise<void> {
  const teams = new Map<string, Set<string | null>>();
  for (const { definition } of definitions) {
    if (definition.kind === "feature_view") teams.set(definition.name, (teams.get(definition.name) ?? new Set()).add(definition.team));
  }
  for (const { kind, name } of changes) {
    if (kind !== "feature_view") continue;
    for (const team of teams.get(name) ?? []) await authorizer.authorize({ actor, action: "define", resource: { project, kind, name, team } });
  }
}
