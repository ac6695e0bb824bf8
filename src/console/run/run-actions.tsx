"use client";
import { Ban, RotateCw } from "lucide-react";
import { useState } from "react";
import type { ShownRun } from "../../trpc/index.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { useRunActions } from "./use-run-actions.ts";

/** Cancel or resume, each after saying what it does. */
export function RunActions({ run }: { readonly run: ShownRun }) {
  const [asking, setAsking] = useState<"cancel" | "resume" | null>(null);
  const actions = useRunActions();
  const close = () => setAsking(null);
  const subject = run.view ?? run.set ?? run.kind;
  if (run.state === "succeeded") return null;
  return (
    <>
      {run.finishedAt === null ? (
        <Button look="danger" disabled={run.cancelRequested} onClick={() => setAsking("cancel")}>
          <Ban aria-hidden="true" /> {run.cancelRequested ? "Cancelling" : "Cancel"}
        </Button>
      ) : (
        <Button look="primary" onClick={() => setAsking("resume")}>
          <RotateCw aria-hidden="true" /> Resume
        </Button>
      )}
      <Dialog
        open={asking === "cancel"}
        onClose={close}
        title={`Cancel the run of ${subject}?`}
        description="It stops at the next safe point."
        className="w-[min(440px,calc(100vw-24px))]"
      >
        <DialogBody className="text-ink-2">
          {run.kind === "training_set"
            ? "No file is made; those of earlier runs stay. The run can be resumed later."
            : "Rows written so far stay: they are whole, and newer than what was there. The watermark does not move. The run can be resumed later."}
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Keep it running</Button>
          <Button
            look="danger"
            onClick={() => {
              close();
              actions.cancel.mutate({ run: run.id });
            }}
          >
            Cancel the run
          </Button>
        </DialogFooter>
      </Dialog>
      <Dialog
        open={asking === "resume"}
        onClose={close}
        title={`Resume the run of ${subject}?`}
        description="It is queued again."
        className="w-[min(440px,calc(100vw-24px))]"
      >
        <DialogBody className="text-ink-2">
          {run.hasCheckpoint
            ? "It goes on after its last checkpoint: what was written before is not written again."
            : "It had not saved a checkpoint yet, so it begins again."}
        </DialogBody>
        <DialogFooter>
          <Button onClick={close}>Leave it</Button>
          <Button
            look="primary"
            onClick={() => {
              close();
              actions.resume.mutate({ run: run.id });
            }}
          >
            Resume the run
          </Button>
        </DialogFooter>
      </Dialog>
    </>
  );
}
