"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { ShownRun } from "../../trpc/index.ts";
import { rememberStarted } from "../materialize/started-here.ts";
import { useTRPC } from "../shell/trpc.ts";
import { errorInfoOf } from "../ui/error-info.ts";

/** Cancel and resume; what comes back is on screen at once, live updates follow. */
export function useRunActions() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const onSuccess = (run: ShownRun) => {
    client.setQueryData(trpc.run.get.queryKey({ run: run.id }), run);
    void client.invalidateQueries(trpc.run.list.pathFilter());
  };
  const onError = (error: unknown) => {
    const { message, hint } = errorInfoOf(error);
    toast.error(message, { description: hint ?? undefined });
  };
  const cancel = useMutation(trpc.run.cancel.mutationOptions({ onSuccess, onError }));
  const resume = useMutation(
    trpc.run.resume.mutationOptions({
      onError,
      onSuccess: (run) => {
        rememberStarted(run.id);
        onSuccess(run);
      },
    }),
  );
  return { cancel, resume };
}
