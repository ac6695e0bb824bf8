"use client";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ConsoleDefinition, Definition } from "../../domain/index.ts";
import { notify, notifyError } from "../shell/notify.tsx";
import { useHref } from "../shell/project.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Field, TextInput } from "../ui/field.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { KeyList } from "./change-plan.tsx";
import { EDIT_WORDS, editKindOf } from "./kinds.ts";
import { type EditPlan, removeInput, saveInput, useEditPlan, useSaveEdit } from "./use-edit.ts";

interface DeleteDialogProps {
  readonly definition: Definition;
  readonly onClose: () => void;
}

/** Says what is lost and who still uses it, and asks for the name. */
export function DeleteDialog({ definition, onClose }: DeleteDialogProps) {
  const { name } = definition;
  const { one, list } = EDIT_WORDS[editKindOf(definition.kind)];
  const router = useRouter();
  const href = useHref();
  const [typed, setTyped] = useState("");
  const plan = useEditPlan(removeInput(definition));
  const save = useSaveEdit();
  const isFree = plan.data?.conflict === null && plan.data.dependants.length === 0;
  const failure = save.error ?? plan.error;
  const remove = () =>
    save.mutate(removeInput(definition), {
      onSuccess: () => {
        const again = undoable(definition);
        notify({
          text: `The ${one} ${name} is deleted.`,
          ...(again !== null && { undo: () => void save.mutateAsync(saveInput(again, null)).catch(notifyError) }),
        });
        router.push(href(list));
      },
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={
        <>
          Delete <span className="font-mono">{name}</span>
        </>
      }
      description={`Takes the ${one} out of the registry.`}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isFree && typed === name && !save.isPending) remove();
        }}
      >
        <DialogBody className="space-y-3 text-sm">
          {plan.data === undefined && !plan.isError && <Skeleton className="h-12 rounded-md" />}
          {plan.data !== undefined && <Consequences definition={definition} plan={plan.data} />}
          {failure !== null && (
            <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-ink">
              {errorInfoOf(failure).message}
            </p>
          )}
          {isFree && (
            <Field label={`Type ${name} to delete it`}>
              <TextInput mono autoFocus value={typed} onChange={({ target }) => setTyped(target.value)} />
            </Field>
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>{isFree ? "Cancel" : "Close"}</Button>
          {isFree && (
            <Button type="submit" look="danger" disabled={typed !== name || save.isPending}>
              {save.isPending ? "Deleting" : `Delete ${name}`}
            </Button>
          )}
        </DialogFooter>
      </form>
    </Dialog>
  );
}

/** What can be made again exactly as it was; a view's online rows could not. */
function undoable(definition: Definition): ConsoleDefinition | null {
  if (definition.kind === "feature_view" || (definition.kind === "data_source" && definition.type !== "file")) return null;
  return definition;
}

function Consequences({ definition, plan: { conflict, dependants } }: { readonly definition: Definition; readonly plan: EditPlan }) {
  if (conflict !== null) {
    return (
      <p role="alert" className="rounded-md bg-attention-soft px-3 py-2 text-ink">
        Someone else {conflict.current === null ? "removed" : "changed"} it since this page was drawn. Close this, look at it again, then decide.
      </p>
    );
  }
  if (dependants.length > 0) {
    return (
      <div role="alert" className="rounded-md bg-attention-soft px-3 py-2 text-ink">
        It cannot go while others use it. Change or delete these first:
        <KeyList keys={dependants} />
      </div>
    );
  }
  return <p className="text-ink-2">{LOSS[definition.kind]}</p>;
}

const LOSS: Readonly<Record<Definition["kind"], string>> = {
  entity: "No view describes it. Nothing but the definition is lost.",
  data_source: "No view reads it. The files themselves stay as they are; only the definition is lost.",
  feature_service: "Whoever asks for it by name gets an error from now on. Views and their values stay as they are.",
  feature_view: "Its values are no longer served, and its rows are taken out of the online store. The source stays as it is.",
};
