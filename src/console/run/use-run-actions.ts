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
  const onMutate = () => ({ askedAtMs: Date.now() });
  const onSuccess = (run: ShownRun, _input: unknown, { askedAtMs }: ReturnType<typeof onMutate>) => {
    const key = trpc.run.get.queryKey({ run: run.id });
    // Live updates may have been faster than this answer; then they know more.
    if ((client.getQueryState(key)?.dataUpdatedAt ?? 0) < askedAtMs) client.setQueryData(key, run);
    void client.invalidateQueries(trpc.run.list.pathFilter());
  };
  const onError = (error: unknown) => {
    const { message, hint } = errorInfoOf(error);
    toast.error(message, { description: hint ?? undefined });
  };
  const cancel = useMutation(trpc.run.cancel.mutationOptions({ onMutate, onSuccess, onError }));
  const resume = useMutation(
    trpc.run.resume.mutationOptions({
      onMutate,
      onError,
      onSuccess: (run, input, asked) => {
        rememberStarted(run.id);
        onSuccess(run, input, asked);
      },
    }),
  );
  return { cancel, resume };
}
