import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { catalogInput, filterInput, loadCatalogAddress } from "../catalog/search-params.ts";
import { SourcesClient } from "./client.tsx";

export const metadata: Metadata = { title: "Sources" };

export default async function Page({ searchParams }: PageProps<"/sources">) {
  const address = await loadCatalogAddress(searchParams);
  return (
    <Prefetched
      queries={[trpc.catalog.list.queryOptions(catalogInput(address, "data_source")), trpc.catalog.facets.queryOptions(filterInput(address, "data_source"))]}
    >
      <SourcesClient />
    </Prefetched>
  );
}
