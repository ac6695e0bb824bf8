import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { LineageClient } from "./client.tsx";
import { lineageInput, loadLineageAddress } from "./search-params.ts";

export async function generateMetadata({ searchParams }: PageProps<"/lineage">): Promise<Metadata> {
  const { focus } = lineageInput(await loadLineageAddress(searchParams));
  return { title: focus ? `Lineage of ${focus.name}` : "Lineage" };
}

export default async function Page({ searchParams }: PageProps<"/lineage">) {
  const address = await loadLineageAddress(searchParams);
  return (
    <Prefetched queries={[trpc.lineage.graph.queryOptions(lineageInput(address))]}>
      <LineageClient />
    </Prefetched>
  );
}
