"use client";
import type { FieldChange } from "../../domain/index.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { FieldChanges } from "./change-plan.tsx";
import type { EditPlan } from "./use-edit.ts";

export type Conflict = NonNullable<EditPlan["conflict"]>;

interface ConflictDialogProps {
  readonly name: string;
  readonly conflict: Conflict;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
  readonly onClose: () => void;
}

/** Someone else saved first: both versions, and what to do. Nothing is saved by any of the buttons. */
export function ConflictDialog({ name, conflict, onTheirs, onMine, onClose }: ConflictDialogProps) {
  const { current, theirs, yours } = conflict;
  const both = yours.filter(({ field, after }) => theirs.some((other) => other.field === field && other.after !== after)).map(({ field }) => field);
  return (
    <Dialog
      open
      onClose={onClose}
      className="w-[min(760px,calc(100vw-24px))]"
      title={
        <>
          Someone else {current === null ? "removed" : "changed"} <span className="font-mono">{name}</span>
        </>
      }
      description="It is no longer what you started from. Nothing was saved, and nothing of either is lost."
    >
      <DialogBody className="space-y-3">
        <div className="grid gap-4 sm:grid-cols-2">
          <Side
            title="Theirs, saved"
            note={current && <RelativeTime at={current.updatedAt} />}
            fields={theirs}
            none={current === null ? "It is not there any more." : "No difference."}
          />
          <Side title="Yours, not saved" fields={yours} none="You changed nothing yet." />
        </div>
        {both.length > 0 && (
          <p className="rounded-md bg-attention-soft px-3 py-2 text-ink text-sm">
            You both changed <span className="font-mono text-xs">{both.join(", ")}</span>: with yours on top, yours stands there.
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Look at the form</Button>
        <Button onClick={onTheirs}>{current === null ? "Leave it removed" : "Take theirs"}</Button>
        <Button look="primary" onClick={onMine}>
          {current === null ? "Make it again" : "Put mine on top"}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

interface SideProps {
  readonly title: string;
  readonly note?: React.ReactNode;
  readonly fields: readonly FieldChange[];
  readonly none: string;
}

function Side({ title, note, fields, none }: SideProps) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1 flex items-baseline gap-2 font-medium text-ink text-sm">
        {title} {note && <span className="font-normal text-ink-3 text-xs">{note}</span>}
      </h3>
      {fields.length === 0 ? <p className="text-ink-2 text-sm">{none}</p> : <FieldChanges fields={fields} />}
    </section>
  );
}
