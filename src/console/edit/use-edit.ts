"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ConsoleDefinition, Definition } from "../../domain/index.ts";
import { canonicalJson, type Json } from "../../kit/index.ts";
import { type Inputs, type Outputs, useTRPC, useTRPCClient } from "../shell/trpc.ts";
import { errorInfoOf } from "../ui/error-info.ts";

export type EditPlan = Outputs["definition"]["preview"];
type EditInput = Inputs["definition"]["preview"];
export type Base = ConsoleDefinition | null;

const PAUSE_MS = 350;

/** Definitions are frozen records, the call's types know only ones that may change; it changes neither. */
export function saveInput(definition: ConsoleDefinition, base: Base): EditInput {
  return { action: "save", definition, base } as EditInput;
}

export function removeInput(base: Definition): EditInput {
  return { action: "remove", base: { ...base } };
}

/**
 * What saving this would do, asked again when typing pauses and when the registry changes. `edit` null: it is not whole yet.
 * `isCurrent`: the answer is about this very edit, not about the one before it.
 */
export function useEditPlan(edit: EditInput | null) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const settled = useSettled(edit);
  const query = useQuery({
    queryKey: [...trpc.definition.pathKey(), "plan", textOf(settled)],
    queryFn: async (): Promise<EditPlan> => (settled === null ? Promise.reject(new Error("nothing to ask")) : client.definition.preview.mutate(settled)),
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    retry: (count, error) => count < 2 && errorInfoOf(error).retryable,
    staleTime: 2_000,
  });
  return { ...query, isCurrent: !query.isPlaceholderData && textOf(edit) === textOf(settled) };
}

function textOf(edit: object | null): string {
  return canonicalJson(edit as Json);
}

/** The value once it has stood still for a moment; compared by content, so that a new object of the same content starts no wait. */
function useSettled<T extends object | null>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = textOf(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the content is what counts, the object is a new one at each render
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** Saves or removes; what is on screen of the registry is asked for again after it. */
export function useSaveEdit() {
  const trpc = useTRPC();
  const client = useQueryClient();
  return useMutation(
    trpc.definition.save.mutationOptions({
      onSettled: async () => {
        const nouns = [trpc.catalog, trpc.definition, trpc.view, trpc.entity, trpc.source, trpc.service];
        await Promise.all(nouns.map((noun) => client.invalidateQueries(noun.pathFilter())));
      },
    }),
  );
}
