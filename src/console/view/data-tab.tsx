"use client";
import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { batchSourceOf } from "../../domain/index.ts";
import { plural } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { ValueTable } from "../ui/value-table.tsx";
import type { ViewData } from "./view-data.ts";

/** The newest rows of the source as the view sees them. */
export function DataTab({ data: { view, source, entities } }: { readonly data: ViewData }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.view.sample.queryOptions({ view: view.name, of: "newest", limit: 50 }, { staleTime: 30_000 }));
  const batch = batchSourceOf(source);
  const keys = entities.flatMap(({ joinKeys }) => joinKeys.map(({ name }) => name));
  const strong = new Set([...keys, batch?.timestampField ?? source.timestampField]);
  const hint = (
    <>
      newest first, from <TextLink href={`/sources/${source.name}`}>{source.name}</TextLink>
      {view.transform !== null && ", transform applied"}
    </>
  );
  return (
    <Panel title="Newest rows" hint={hint}>
      <QueryRegion query={query} what="rows of the source" loading={<SkeletonRows rows={12} columns={6} />}>
        {({ columns, rows }) =>
          rows.length > 0 ? (
            <>
              <ValueTable caption={`Newest rows of ${view.name}`} columns={columns} rows={rows} strong={strong} />
              <p className="border-line border-t px-3 py-2 text-ink-3 text-xs">{plural(rows.length, "row")} shown; times are UTC.</p>
            </>
          ) : (
            <EmptyState icon={Inbox} title="No rows yet">
              The source is there, but holds no row that this view can read.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}
