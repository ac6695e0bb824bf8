import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { driftInput, loadDriftAddress } from "./search-params.ts";

export const metadata: Metadata = { title: "Drift" };

export default async function Page({ searchParams }: PageProps<"/monitoring/drift">) {
  const address = await loadDriftAddress(searchParams);
  return (
    <Prefetched queries={[trpc.drift.list.queryOptions(driftInput(address)), trpc.drift.status.queryOptions({})]}>
      <Client />
    </Prefetched>
  );
}
