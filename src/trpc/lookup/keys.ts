import { z } from "zod";
import type { FeatureValue } from "../../domain/index.ts";
import { rowSpace, unpackEntityKey } from "../../online/index.ts";
import type { RegistrySnapshot, SnapshotView } from "../../registry/index.ts";
import { authorizeRead, viewResource } from "../authorize.ts";
import { type ProjectContext, projectProcedure } from "../init.ts";
import { serveDepsOf } from "../serve-deps.ts";
import { entitiesInput, joinKeysOf, keyTexts, viewsOf } from "./entity-set.ts";

const POOL = 1_000;
const OFFERED = 8;
const VIEWS_TRIED = 5;

/** `seed` picks which of the known keys are offered: another one, others. */
const input = entitiesInput.extend({ seed: z.number().int().min(0).max(1_000_000) });

/** Some entity keys that exist: of online rows where there are any, else of a source. */
export const listKnownKeys = projectProcedure.input(input).query(async ({ ctx, input: { entities, seed } }) => {
  const snapshot = await (await serveDepsOf(ctx)).snapshots.get(ctx.project.name);
  const joinKeys = joinKeysOf(snapshot, entities);
  if (joinKeys.length === 0) return [];
  for (const found of viewsOf(snapshot, entities).slice(0, VIEWS_TRIED)) {
    await authorizeRead(ctx, "read_values", viewResource(found.view));
    const { names, keys } = (await onlineKeys(ctx, snapshot, found)) ?? (await sourceKeys(ctx, found));
    if (keys.length > 0) return pick(keys, seed).map((key) => keyTexts(joinKeys, inOrder(joinKeys, names, key)));
  }
  return [];
});

interface Keys {
  readonly names: readonly string[];
  readonly keys: readonly (readonly FeatureValue[])[];
}

/** Null where the view has no online rows, or its store does not answer. */
async function onlineKeys({ runtime }: ProjectContext, { project }: RegistrySnapshot, { view, newest, ready }: SnapshotView): Promise<Keys | null> {
  if (!view.online) return null;
  const version = ready ?? newest;
  try {
    for await (const { count, keys, keyEnds } of runtime.onlineStores.forProject(project).scan(rowSpace(project, version), POOL)) {
      const ends = [0, ...keyEnds.subarray(0, count)];
      const all = Array.from({ length: count }, (_, index) => unpackEntityKey(version, keys.subarray(ends[index], ends[index + 1])));
      return { names: version.joinKeys.map(({ name }) => name), keys: all };
    }
  } catch (error) {
    runtime.logger.warn({ err: error, view: view.name }, "no keys from the online store");
  }
  return null;
}

async function sourceKeys({ runtime }: ProjectContext, { view, newest }: SnapshotView): Promise<Keys> {
  try {
    const { columns, rows } = await runtime.offline.sample({ view: newest, of: "keys", limit: POOL });
    return { names: columns.map(({ name }) => name), keys: rows };
  } catch (error) {
    runtime.logger.warn({ err: error, view: view.name }, "no keys from the source");
    return { names: [], keys: [] };
  }
}

/** Spread over the pool, beginning at another place for another seed. */
function pick<T>(pool: readonly T[], seed: number): readonly T[] {
  const count = Math.min(OFFERED, pool.length);
  const step = pool.length / count;
  const start = (seed * 7_919) % pool.length;
  return Array.from({ length: count }, (_, index) => pool[(start + Math.floor(index * step)) % pool.length]).filter((one) => one !== undefined);
}

function inOrder(joinKeys: readonly { readonly name: string }[], names: readonly string[], key: readonly FeatureValue[]): readonly FeatureValue[] {
  return joinKeys.map(({ name }) => key[names.indexOf(name)] ?? null);
}
