import { FUTURE_SKEW_SECONDS_DEFAULT } from "../../domain/index.ts";
import { LarderError } from "../../kit/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { projectProcedure } from "../init.ts";
import { serveDepsOf } from "../serve-deps.ts";
import { joinKeysOf, keysInput, parseKeys } from "./entity-set.ts";

const PATIENCE_MS = 8_000;

/** The newest row of the view's source for each key, as a materialize of everything would write it; values in the order of `features`. */
export const readOffline = projectProcedure
  .input(keysInput.extend({ view: keysInput.shape.entities.element }))
  .query(async ({ ctx, input: { entities, keys, view: name } }) => {
    const snapshot = await (await serveDepsOf(ctx)).snapshots.get(ctx.project.name);
    const found = snapshot.views.get(name);
    if (!found) throw new LarderError("not_found", `There is no feature view ${name} in ${ctx.project.name}.`);
    await authorizeRead(ctx, "read_values", viewResource(found.view));
    const joinKeys = joinKeysOf(snapshot, entities);
    const places = found.newest.joinKeys.map((joinKey) => joinKeys.findIndex((one) => one.name === joinKey.name));
    const typed = parseKeys(joinKeys, keys).map((key) => places.map((place) => key[place] ?? null));
    const { clock, offline } = ctx.runtime;
    const eventMax = clock.now() + BigInt(FUTURE_SKEW_SECONDS_DEFAULT) * 1_000_000n;
    const rows = await offline.newestRows({ view: found.newest, keys: typed, eventMax, timeoutMs: PATIENCE_MS });
    return { features: found.newest.features.map((feature) => feature.name), rows };
  });
