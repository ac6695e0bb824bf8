import type { Actor, AuditEntry, Change, ChangeAction } from "../domain/index.ts";
import type { Micros } from "../kit/index.ts";

const DONE: Readonly<Record<ChangeAction, string>> = {
  add: "added",
  change: "changed",
  new_version: "made a new version",
  remove: "removed",
  adopt: "adopted",
};

export interface DoneChanges {
  readonly actor: Actor;
  readonly at: Micros;
  readonly project: string;
  /** The revision that the changes made. */
  readonly revision: number;
  readonly changes: readonly Change[];
}

/** An audit line for each change. */
export function auditChanges({ actor, at, project, revision, changes }: DoneChanges): readonly AuditEntry[] {
  return changes.map(({ kind, name, action, fields }) => ({
    at,
    actor,
    project,
    action: DONE[action],
    subject: `${kind}:${name}`,
    detail: { revision, fields },
  }));
}
