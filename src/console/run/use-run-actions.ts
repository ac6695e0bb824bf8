"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ShownRun } from "../../trpc/index.ts";
import { rememberStarted } from "../materialize/started-here.ts";
import { notify, notifyError } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";

/** Cancel and resume, each the other's undo; what comes back is on screen at once, live updates follow. */
export function useRunActions() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const onMutate = () => ({ askedAtMs: Date.now() });
  const show = (run: ShownRun, { askedAtMs }: ReturnType<typeof onMutate>) => {
    const key = trpc.run.get.queryKey({ run: run.id });
    // Live updates may have been faster than this answer; then they know more.
    if ((client.getQueryState(key)?.dataUpdatedAt ?? 0) < askedAtMs) client.setQueryData(key, run);
    void client.invalidateQueries(trpc.run.list.pathFilter());
  };
  const cancel = useMutation(
    trpc.run.cancel.mutationOptions({
      onMutate,
      onError: notifyError,
      onSuccess: (run, input, asked) => {
        show(run, asked);
        const subject = run.view ?? run.set ?? run.kind;
        if (run.state === "cancelled") notify({ text: `The run of ${subject} is cancelled.`, undo: () => resume.mutate(input) });
        else notify({ text: `The run of ${subject} is being cancelled.`, detail: "It stops at the next safe point; it can be resumed then." });
      },
    }),
  );
  const resume = useMutation(
    trpc.run.resume.mutationOptions({
      onMutate,
      onError: notifyError,
      onSuccess: (run, input, asked) => {
        rememberStarted(run.id);
        show(run, asked);
        notify({ text: `The run of ${run.view ?? run.set ?? run.kind} is queued again.`, undo: () => cancel.mutate(input) });
      },
    }),
  );
  return { cancel, resume };
}
