import type { DefinitionKind } from "./definition.ts";

/** Something wrong with a repo. Errors stop an apply; warnings are shown. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly file: string | null;
  readonly line: number | null;
  readonly message: string;
}

export type ChangeAction = "add" | "change" | "new_version" | "remove" | "adopt";

export interface Change {
  /** project: its settings (online store, offline store). */
  readonly kind: DefinitionKind | "project";
  readonly name: string;
  readonly action: ChangeAction;
  readonly fields: readonly FieldChange[];
  /** What this change reaches, as `kind:name`: the feature services that read a view; for an entity or source its views too. */
  readonly affects: readonly string[];
}

export interface FieldChange {
  readonly field: string; // "ttlSeconds", "features.conv_rate.type"
  readonly before: string | null;
  readonly after: string | null;
}

export interface Plan {
  readonly project: string;
  /** The revision that the plan was made against; an apply on another one is a conflict. */
  readonly revision: number;
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}
