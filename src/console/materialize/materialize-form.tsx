"use client";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/code.tsx";
import { DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Tick } from "../ui/field.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { Estimate, EstimateSkeleton } from "./estimate.tsx";
import { rememberStarted } from "./started-here.ts";
import { chosenWindow, lastDay, type WindowChoice } from "./window-choice.ts";
import { WindowFields } from "./window-fields.tsx";

interface MaterializeFormProps {
  readonly view: string;
  readonly onStarted: (run: string, joined: boolean) => void;
  readonly onClose: () => void;
}

/** Before: which rows, what that means, the command that does the same. */
export function MaterializeForm({ view, onStarted, onClose }: MaterializeFormProps) {
  const trpc = useTRPC();
  const [choice, setChoice] = useState<WindowChoice>(() => ({ kind: "incremental", ...lastDay(Date.now()) }));
  const [allowFailedChecks, setAllowFailedChecks] = useState(false);
  const chosen = chosenWindow(useDeferredValue(choice));
  const preview = useQuery(
    trpc.materialize.preview.queryOptions(
      { view, window: chosen.ok ? chosen.window : { kind: "everything" }, allowFailedChecks },
      { enabled: chosen.ok, placeholderData: keepPreviousData, staleTime: 5_000, retry: false },
    ),
  );
  const start = useMutation(
    trpc.materialize.start.mutationOptions({
      onSuccess: ({ runs: [started] }) => {
        if (!started) return;
        rememberStarted(started.run);
        onStarted(started.run, started.joined);
      },
    }),
  );
  const problem = !chosen.ok ? chosen.reason : preview.isError ? sentence(preview.error) : (preview.data?.problem ?? null);
  return (
    <form
      className="flex min-h-0 flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen.ok) start.mutate({ view, window: chosen.window, allowFailedChecks });
      }}
    >
      <DialogBody className="space-y-4">
        <WindowFields choice={choice} onChange={setChoice} lastRunAt={preview.data?.lastRunAt} />
        <div className="min-h-[84px]">
          {preview.data && !preview.data.problem ? (
            <Estimate preview={preview.data} stale={preview.isPlaceholderData || !chosen.ok} />
          ) : (
            !problem && <EstimateSkeleton />
          )}
          {problem && (
            <p role="alert" className="rounded-md bg-attention-soft px-3 py-2 text-ink text-sm">
              {problem}
            </p>
          )}
        </div>
        {preview.data !== undefined && preview.data.checks.blocking > 0 && (
          <Tick checked={allowFailedChecks} onChange={(event) => setAllowFailedChecks(event.target.checked)}>
            Write even where a check that blocks fails; the audit trail says so
          </Tick>
        )}
        {preview.data?.activeRun && (
          <p role="status" className="flex items-center justify-between gap-3 rounded-md bg-accent-soft px-3 py-2 text-ink text-sm">
            <span>This window is being materialized already. Starting joins that run.</span>
            <Button size="sm" onClick={() => preview.data.activeRun && onStarted(preview.data.activeRun, true)}>
              Watch it
            </Button>
          </p>
        )}
        {preview.data ? <CommandLine command={preview.data.command} /> : !preview.isError && <Skeleton className="h-8 rounded-md" />}
        {start.isError && (
          <p role="alert" className="rounded-md bg-bad-soft px-3 py-2 text-ink text-sm">
            Not started. {sentence(start.error)}
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={problem !== null || start.isPending}>
          {start.isPending ? "Starting" : "Materialize"}
        </Button>
      </DialogFooter>
    </form>
  );
}

function sentence(error: unknown): string {
  const { message, hint } = errorInfoOf(error);
  return hint ? `${message} ${hint}` : message;
}
