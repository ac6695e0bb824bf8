import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { loadParityAddress, parityInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Parity" };

export default async function Page({ searchParams }: PageProps<"/monitoring/parity">) {
  return (
    <Prefetched queries={[trpc.parity.list.queryOptions(parityInput(await loadParityAddress(searchParams)))]}>
      <Client />
    </Prefetched>
  );
}
