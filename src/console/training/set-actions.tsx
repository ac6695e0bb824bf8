"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { rememberStarted } from "../materialize/started-here.ts";
import { notify, notifyError } from "../shell/notify.tsx";
import { useHref } from "../shell/project.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { Field, TextInput } from "../ui/field.tsx";

interface SetActionsProps {
  readonly now: Outputs["trainingSet"]["get"];
  readonly isActive: boolean;
}

/** Run again, take the newest versions, remove. */
export function SetActions({ now: { set, newer }, isActive }: SetActionsProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [removing, setRemoving] = useState(false);
  const refresh = () => {
    void client.invalidateQueries(trpc.trainingSet.pathFilter());
    void client.invalidateQueries(trpc.run.list.pathFilter());
  };
  const start = useMutation(
    trpc.trainingSet.start.mutationOptions({
      onError: notifyError,
      onSuccess: ({ run }) => {
        rememberStarted(run);
        refresh();
      },
    }),
  );
  const repin = useMutation(
    trpc.trainingSet.repin.mutationOptions({
      onError: notifyError,
      onSuccess: () => {
        notify({ text: `${set.name} has the newest versions of its views.`, detail: "Its next run uses them." });
        refresh();
      },
    }),
  );
  return (
    <>
      {newer.length > 0 && (
        <Button disabled={repin.isPending} onClick={() => repin.mutate({ name: set.name })}>
          Take the newest versions
        </Button>
      )}
      <Button look="primary" disabled={isActive || start.isPending} onClick={() => start.mutate({ name: set.name })}>
        <RotateCw aria-hidden="true" /> {set.result === null ? "Run" : "Run again"}
      </Button>
      <Button look="danger" onClick={() => setRemoving(true)}>
        <Trash2 aria-hidden="true" /> Remove
      </Button>
      {removing && <RemoveDialog name={set.name} onClose={() => setRemoving(false)} />}
    </>
  );
}

function RemoveDialog({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const router = useRouter();
  const href = useHref();
  const [typed, setTyped] = useState("");
  const remove = useMutation(
    trpc.trainingSet.remove.mutationOptions({
      onError: notifyError,
      onSuccess: () => {
        void client.invalidateQueries(trpc.trainingSet.list.pathFilter());
        notify({ text: `${name} is removed.` });
        router.push(href("/training-sets"));
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${name}?`}
      description="Its definition and all of its files go; its runs stay as a record."
      className="w-[min(440px,calc(100vw-24px))]"
    >
      <DialogBody>
        <Field label={`Write ${name} to remove it`}>
          <TextInput value={typed} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" disabled={typed !== name || remove.isPending} onClick={() => remove.mutate({ name })}>
          Remove
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
