"use client";
import { type FormEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { Field, TextInput } from "../ui/field.tsx";

interface AssignDialogProps {
  readonly onAssign: (name: string) => void;
  readonly onClose: () => void;
}

/** Gives an incident to somebody whom no one named yet. */
export function AssignDialog({ onAssign, onClose }: AssignDialogProps) {
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") return;
    onAssign(name.trim());
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Assign the incident" description="Who looks after it from now on.">
      <form onSubmit={submit} className="contents">
        <DialogBody>
          <Field label="To" hint="A name or an address; it stands on the incident and in the audit trail.">
            <TextInput required maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          </Field>
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={name.trim() === ""}>
            Assign
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}
