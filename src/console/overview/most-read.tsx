"use client";
import { useQuery } from "@tanstack/react-query";
import { Layers, Waypoints } from "lucide-react";
import { plural } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { RowLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";

/** The views that most services count on: where a mistake would be felt. */
export function MostRead() {
  const trpc = useTRPC();
  const query = useQuery(trpc.overview.get.queryOptions());
  return (
    <Panel
      title="Most used views"
      action={
        <TextLink href="/services" className="text-xs">
          Services
        </TextLink>
      }
    >
      <QueryRegion query={query} what="the most used views" loading={<SkeletonRows rows={4} columns={2} />}>
        {({ mostRead }) =>
          mostRead.length === 0 ? (
            <EmptyState icon={Waypoints} title="No service reads anything yet" compact>
              A feature service names the features that one model uses, so that a change can tell who is hit.
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {mostRead.map(({ view, services }) => (
                <li key={view} className="relative flex h-8 items-center gap-2.5 px-3 hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover">
                  <Layers className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />
                  <RowLink href={`/views/${encodeURIComponent(view)}`} className="min-w-0 flex-1 truncate">
                    {view}
                  </RowLink>
                  <span className="tabular text-ink-2">{plural(services, "service")}</span>
                </li>
              ))}
            </ul>
          )
        }
      </QueryRegion>
    </Panel>
  );
}
