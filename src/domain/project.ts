import type { LocatedDefinition } from "./definition.ts";
import type { Problem } from "./plan.ts";

export type OnlineStoreType = "sqlite" | "redis" | "postgres";
export type OfflineStoreType = "file" | "postgres";

/** online_store and offline_store of feature_store.yaml, kept as written: `${VAR}` is resolved where it is used. */
export interface ProjectSettings {
  readonly onlineStore: { readonly type: OnlineStoreType; readonly connectionString: string | null };
  readonly offlineStore: { readonly type: OfflineStoreType };
}

/** A feature repo read from disk: what it defines, and what is wrong with it so far. */
export interface RepoContents {
  readonly project: string;
  readonly settings: ProjectSettings;
  readonly definitions: readonly LocatedDefinition[];
  readonly problems: readonly Problem[];
}
