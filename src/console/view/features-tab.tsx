"use client";
import type { FeatureView } from "../../domain/index.ts";
import { Button } from "../ui/button.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Panel } from "../ui/panel.tsx";
import { FeatureTable } from "./feature-table.tsx";
import { ProfileTime } from "./profile-time.tsx";
import { useProfiles } from "./use-profiles.ts";

/** The schema with how the values of each feature lie in the source. */
export function FeaturesTab({ view, marked }: { readonly view: FeatureView; readonly marked: string | null }) {
  const { query, byFeature, again } = useProfiles(view.name);
  const failed = query.isError && !query.data;
  return (
    <Panel
      title="Features"
      hint={query.data ? "all rows of the source" : failed ? "" : "working out the distributions"}
      action={<ProfileTime query={query} again={again} />}
    >
      {failed && (
        <p role="alert" className="flex flex-wrap items-center justify-between gap-2 border-line border-b bg-attention-soft px-3 py-2 text-ink text-sm">
          <span>No distributions: {errorInfoOf(query.error).message}</span>
          <Button size="sm" onClick={() => void query.refetch()}>
            Try again
          </Button>
        </p>
      )}
      <FeatureTable view={view.name} features={view.features} profiles={failed ? null : byFeature} figures="all" marked={marked} />
    </Panel>
  );
}
