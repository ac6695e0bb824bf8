"use client";
import { parseAsString, useQueryStates } from "nuqs";
import { useCallback } from "react";

const PARAMS = { materialize: parseAsString, watch: parseAsString };

/** The dialog stands in the address: `?materialize=driver_stats`, with `&watch=<run>` once it runs. */
export function useMaterializeAddress() {
  return useQueryStates(PARAMS, { history: "replace" });
}

/** Opens the dialog for a view, or on a run of it. */
export function useOpenMaterialize(): (view: string, run?: string) => Promise<unknown> {
  const [, setAddress] = useMaterializeAddress();
  return useCallback((view, run) => setAddress({ materialize: view, watch: run ?? null }), [setAddress]);
}
