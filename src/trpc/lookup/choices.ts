import { projectProcedure } from "../init.ts";
import { serveDepsOf } from "../serve-deps.ts";
import { joinKeysOf, setId } from "./entity-set.ts";

/** What views are keyed by: each set of entities once, with its join keys and the number of its views. */
export const listKeyChoices = projectProcedure.query(async ({ ctx }) => {
  const snapshot = await (await serveDepsOf(ctx)).snapshots.get(ctx.project.name);
  const sets = new Map<string, { readonly entities: readonly string[]; views: number }>();
  for (const { view } of snapshot.views.values()) {
    const id = setId(view.entities);
    const set = sets.get(id) ?? { entities: view.entities, views: 0 };
    set.views += 1;
    sets.set(id, set);
  }
  const sorted = [...sets].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([id, { entities, views }]) => ({ id, entities, views, joinKeys: joinKeysOf(snapshot, entities) }));
});
