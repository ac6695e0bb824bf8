"use client";
import { useQuery } from "@tanstack/react-query";
import { PackageOpen } from "lucide-react";
import { entryHref } from "../catalog/entry-href.ts";
import { KIND_ICONS, KIND_WORDS } from "../catalog/kinds.ts";
import { useTRPC } from "../shell/trpc.ts";
import { RowLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { OVERVIEW_CHANGES } from "./overview-inputs.ts";

export function NewestChanges() {
  const trpc = useTRPC();
  const query = useQuery(trpc.catalog.list.queryOptions(OVERVIEW_CHANGES));
  return (
    <Panel
      title="Newest definitions"
      action={
        <TextLink href="/catalog?sort=updated" className="text-xs">
          Catalog
        </TextLink>
      }
    >
      <QueryRegion query={query} what="the newest definitions" loading={<SkeletonRows rows={OVERVIEW_CHANGES.pageSize} columns={2} />}>
        {({ rows }) =>
          rows.length > 0 ? (
            <ul className="divide-y divide-line">
              {rows.map((entry) => {
                const Icon = KIND_ICONS[entry.kind];
                return (
                  <li
                    key={`${entry.kind}:${entry.name}`}
                    className="relative flex h-8 items-center gap-2.5 px-3 hover:bg-hover has-[[data-row-link]:focus-visible]:bg-hover"
                  >
                    <Icon className="size-3.5 shrink-0 text-ink-3" aria-hidden="true" />
                    <RowLink href={entryHref(entry)} className="truncate">
                      {entry.name}
                    </RowLink>
                    <span className="flex-1 truncate text-ink-3 text-xs">{KIND_WORDS[entry.kind].one}</span>
                    <RelativeTime at={entry.updatedAt} className="text-ink-2" />
                  </li>
                );
              })}
            </ul>
          ) : (
            <EmptyState icon={PackageOpen} title="Nothing is applied yet" compact command="larder apply --repo DIR">
              Entities, sources, views and services are written down in a feature repo; applying it puts them here.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}
