import type { Change, Definition, DefinitionKind, FieldChange, Problem } from "../domain/index.ts";
import type { RegisteredDefinition } from "./port.ts";

/*
 * Words. An *edit* is one change of one definition by a person in the console. Its *base* is the state that the person started from (null: there
 * was none); when the registry holds another state by then, the edit meets a *conflict* and changes nothing: nobody's edit is ever lost.
 * *Dependants* are the definitions that refer to one by name; it can go only when there are none.
 */
export type DefinitionEdit = SaveEdit | RemoveEdit;

export interface SaveEdit {
  readonly action: "save";
  readonly definition: Definition;
  readonly base: Definition | null;
}

export interface RemoveEdit {
  readonly action: "remove";
  readonly base: Definition;
}

/** Both sides of a conflict, and what each did to the base. */
export interface EditConflict {
  /** What the registry holds; null: it was removed. */
  readonly current: RegisteredDefinition | null;
  readonly theirs: readonly FieldChange[];
  readonly yours: readonly FieldChange[];
}

/** What an edit would do. */
export interface EditPlan {
  /** The change of the definition itself; null: it would stay as it is. */
  readonly change: Change | null;
  /** Views that get a new version because of it. */
  readonly reached: readonly Change[];
  /** Errors stop a save; warnings are shown. */
  readonly problems: readonly Problem[];
  /** Who refers to it, as `kind:name`; a removal is refused while there are any. */
  readonly dependants: readonly string[];
  readonly conflict: EditConflict | null;
}

/** What an edit is about. */
export function subjectOf(edit: DefinitionEdit): { readonly kind: DefinitionKind; readonly name: string } {
  const { kind, name } = edit.action === "save" ? edit.definition : edit.base;
  return { kind, name };
}
