"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { notifyError } from "../shell/notify.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";

export type Profile = Outputs["view"]["profile"]["profiles"][number];

/** Figures of all features of a view as they were worked out last, by name, and the way to have them worked out anew. */
export function useProfiles(view: string) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const query = useQuery(trpc.view.profile.queryOptions({ view }, { staleTime: 60_000 }));
  const again = useMutation(
    trpc.view.profileAgain.mutationOptions({
      onSuccess: (fresh) => client.setQueryData(trpc.view.profile.queryKey({ view }), fresh),
      onError: notifyError,
    }),
  );
  const byFeature = useMemo(() => query.data && new Map(query.data.profiles.map((profile) => [profile.feature, profile])), [query.data]);
  return { query, byFeature, again };
}
