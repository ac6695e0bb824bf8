"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FeatureView } from "../../domain/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Panel } from "../ui/panel.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { FeatureTable } from "./feature-table.tsx";

/** The schema with how the values of each feature lie in the source. */
export function FeaturesTab({ view, marked }: { readonly view: FeatureView; readonly marked: string | null }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.view.profile.queryOptions({ view: view.name }, { staleTime: 60_000 }));
  const profiles = useMemo(() => query.data && new Map(query.data.map((profile) => [profile.feature, profile])), [query.data]);
  const failed = query.isError && !query.data;
  return (
    <Panel
      title="Features"
      hint={
        query.data ? (
          <>
            all rows of the source, <RelativeTime at={query.dataUpdatedAt} />
          </>
        ) : failed ? (
          ""
        ) : (
          "working out the distributions"
        )
      }
    >
      {failed && (
        <p role="alert" className="flex flex-wrap items-center justify-between gap-2 border-line border-b bg-attention-soft px-3 py-2 text-ink text-sm">
          <span>No distributions: {errorInfoOf(query.error).message}</span>
          <Button size="sm" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </p>
      )}
      <FeatureTable features={view.features} profiles={failed ? null : profiles} withProfiles marked={marked} />
    </Panel>
  );
}
