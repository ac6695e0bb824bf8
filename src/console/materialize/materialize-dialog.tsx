"use client";
import { useState } from "react";
import { Dialog } from "../ui/dialog.tsx";
import { MaterializeForm } from "./materialize-form.tsx";
import { MaterializeRun } from "./materialize-run.tsx";

interface MaterializeDialogProps {
  readonly view: string;
  /** The run to watch; null: ask first. */
  readonly run: string | null;
  readonly onWatch: (run: string | null) => void;
  readonly onClose: () => void;
}

/** Before, while and after in one place. Closing it leaves the run alone; it opens again where it is by then. */
export function MaterializeDialog({ view, run, onWatch, onClose }: MaterializeDialogProps) {
  const [joined, setJoined] = useState<string | null>(null);
  const onStarted = (started: string, wasJoined: boolean) => {
    setJoined(wasJoined ? started : null);
    onWatch(started);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={
        <>
          Materialize <span className="font-mono">{view}</span>
        </>
      }
      description="Copies the newest row of every entity key from the offline source to the online store."
    >
      {run === null ? (
        <MaterializeForm view={view} onStarted={onStarted} onClose={onClose} />
      ) : (
        <MaterializeRun run={run} joined={joined === run} onAgain={() => onWatch(null)} onClose={onClose} />
      )}
    </Dialog>
  );
}
