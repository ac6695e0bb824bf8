import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { freshnessInput, loadFreshnessAddress } from "./search-params.ts";

export const metadata: Metadata = { title: "Freshness" };

export default async function Page({ searchParams }: PageProps<"/monitoring/freshness">) {
  return (
    <Prefetched queries={[trpc.monitor.freshness.queryOptions(freshnessInput(await loadFreshnessAddress(searchParams)))]}>
      <Client />
    </Prefetched>
  );
}
