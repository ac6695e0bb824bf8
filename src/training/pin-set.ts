import { createHash } from "node:crypto";
import { canonicalJson, type Json, LarderError } from "../kit/index.ts";
import { type RegistrySnapshot, type ResolvedFeature, resolveFeatures } from "../registry/index.ts";
import { joinViews } from "./join-views.ts";
import type { Pins, TrainingSetSpec } from "./port.ts";

type Asked = Pick<TrainingSetSpec, "features" | "service" | "fullFeatureNames" | "keyMap">;

/** What a spec means now: the newest version of each view. Throws not_found, invalid_argument as resolving features does. */
export function pinSet(snapshot: RegistrySnapshot, asked: Asked): Pins {
  const { features, service, fullFeatureNames } = asked;
  const { columns } = resolveFeatures(snapshot, { ...(features && { features }), ...(service !== null && { service }), fullFeatureNames }, "newest");
  const inRoles = columns.map((column) => withRole(column, asked));
  const views = joinViews(inRoles).map(({ view, joinKeyMap, features: wanted }) => ({
    view: view.view,
    versionId: view.versionId,
    version: view.versionNumber,
    ttlSeconds: view.ttlSeconds,
    joinKeys: view.joinKeys,
    joinKeyMap,
    features: wanted,
  }));
  return { views, outputs: columns.map(({ output }) => output) };
}

/** A service says itself under which names its keys stand. */
function withRole(column: ResolvedFeature, { service, keyMap }: Asked): ResolvedFeature {
  const map = keyMap[column.viewName];
  if (map === undefined) return column;
  if (service !== null) {
    throw new LarderError("invalid_argument", "A feature service says itself under which names its join keys stand.", {
      hint: "Change the service's join key map, or choose the features one by one.",
    });
  }
  const keys = column.view?.joinKeys.map(({ name }) => name) ?? [];
  const unknown = Object.keys(map).find((key) => !keys.includes(key));
  if (unknown === undefined) return { ...column, joinKeyMap: map };
  throw new LarderError("invalid_argument", `The view "${column.viewName}" has no join key "${unknown}".`, { hint: `It has ${keys.join(", ")}.` });
}

/** A column of keys that the entity rows must have. */
export interface KeyColumn {
  readonly name: string;
  readonly joinKey: string;
  readonly type: Pins["views"][number]["joinKeys"][number]["type"];
  readonly view: string;
}

export function keyColumns({ views }: Pins): readonly KeyColumn[] {
  const all = views.flatMap(({ view, joinKeys, joinKeyMap }) =>
    joinKeys.map(({ name, type }) => ({ name: joinKeyMap[name] ?? name, joinKey: name, type, view })),
  );
  return [...new Map(all.map((column) => [column.name, column])).values()];
}

/** Equal for equal training sets; where they are stored or uploaded from does not matter. */
export function definitionDigest(spec: TrainingSetSpec, pins: Pins): string {
  const { entityRows, ...rest } = spec;
  const rows = entityRows.kind === "upload" ? { sha256: entityRows.sha256 } : entityRows;
  return createHash("sha256")
    .update(canonicalJson({ ...rest, rows, pins } as unknown as Json))
    .digest("hex");
}
