import type { Definition } from "../domain/index.ts";
import { canonicalJson, type Json, LarderError } from "../kit/index.ts";
import { type DefinitionEdit, type EditConflict, subjectOf } from "./definition-edit.ts";
import { definitionChanges } from "./field-changes.ts";
import type { RegisteredDefinition } from "./port.ts";
import { labelOf } from "./problem.ts";

/** Null when the registry still holds what the edit started from. */
export function conflictOf(edit: DefinitionEdit, present: RegisteredDefinition | undefined): EditConflict | null {
  const { base } = edit;
  if (base === null || (present !== undefined && isSame(base, present.definition))) return null;
  return {
    current: present ?? null,
    theirs: present === undefined ? [] : definitionChanges(base, present.definition),
    yours: edit.action === "save" ? definitionChanges(base, edit.definition) : [],
  };
}

function isSame(a: Definition, b: Definition): boolean {
  return canonicalJson(a as unknown as Json) === canonicalJson(b as unknown as Json);
}

/** The error that a save ends in; its details carry both versions. */
export function conflictError(edit: DefinitionEdit, conflict: EditConflict): LarderError {
  const fields = conflict.theirs.map(({ field }) => field).join(", ");
  const what = conflict.current === null ? "was removed" : `was changed (${fields})`;
  return new LarderError("conflict", `The ${labelOf(subjectOf(edit))} ${what} by someone else while you worked on it. Nothing was saved.`, {
    hint: "Look at both versions, then keep theirs or put your changes on top of it.",
    details: { ...conflict, wanted: edit.action === "save" ? edit.definition : null },
  });
}
