"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { RunTable } from "../run/run-table.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";

const PAGE_SIZE = 25;

export function RunsTab({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const [page, setPage] = useState(1);
  const query = useQuery(trpc.run.list.queryOptions({ view, page, pageSize: PAGE_SIZE }, { placeholderData: keepPreviousData }));
  return (
    <Panel title="Runs of this view">
      <QueryRegion query={query} what="the runs" loading={<SkeletonRows rows={8} />}>
        {({ rows, total }) =>
          total > 0 ? (
            <>
              <RunTable caption={`Runs of ${view}`} runs={rows} ofOneView />
              <Pager page={page} pageSize={PAGE_SIZE} total={total} onPage={setPage} />
            </>
          ) : (
            <EmptyState icon={Play} title="It never ran" command={`larder materialize-incremental ${view}`}>
              Materialize it to copy the newest row of every key to the online store.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}
