import type { Outputs } from "../shell/trpc.ts";

/** A set of entities that views are keyed by, with its join keys. */
export type KeyChoice = Outputs["lookup"]["choices"][number];
/** One view of a look-up, its features online. */
export type OnlineView = Outputs["lookup"]["online"]["views"][number];
export type OfflineRow = Outputs["lookup"]["offline"]["rows"][number];
export type FeatureStatus = NonNullable<OnlineView["features"][number]["cells"]>[number]["status"];

/** What a look-up asks: entities, and the parts of each key. */
export interface LookupInput {
  readonly entities: string[];
  readonly keys: string[][];
}
