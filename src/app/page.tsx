import type { Metadata } from "next";
import { COUNTED, countInput, FIRST_SUCCESS, OVERVIEW_CHANGES, OVERVIEW_RUNS } from "../console/overview/overview-inputs.ts";
import { Prefetched } from "./_server/prefetch.tsx";
import { trpc } from "./_server/trpc.ts";
import { OverviewClient } from "./client.tsx";

export const metadata: Metadata = { title: { absolute: "Overview · Larder" } };

export default function Page() {
  const counts = COUNTED.map(({ kind }) => trpc.catalog.list.queryOptions(countInput(kind)));
  return (
    <Prefetched
      queries={[
        trpc.overview.get.queryOptions(),
        trpc.run.list.queryOptions(FIRST_SUCCESS),
        trpc.run.list.queryOptions(OVERVIEW_RUNS),
        trpc.catalog.list.queryOptions(OVERVIEW_CHANGES),
        trpc.system.info.queryOptions(),
        ...counts,
      ]}
    >
      <OverviewClient />
    </Prefetched>
  );
}
