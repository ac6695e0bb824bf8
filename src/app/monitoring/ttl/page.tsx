import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { expiryInput, loadExpiryAddress } from "./search-params.ts";

export const metadata: Metadata = { title: "TTL staleness" };

export default async function Page({ searchParams }: PageProps<"/monitoring/ttl">) {
  return (
    <Prefetched queries={[trpc.monitor.expiry.queryOptions(expiryInput(await loadExpiryAddress(searchParams)))]}>
      <Client />
    </Prefetched>
  );
}
