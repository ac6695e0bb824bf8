import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { CatalogClient } from "./client.tsx";
import { catalogInput, filterInput, loadCatalogAddress } from "./search-params.ts";

export const metadata: Metadata = { title: "Catalog" };

export default async function Page({ searchParams }: PageProps<"/catalog">) {
  const address = await loadCatalogAddress(searchParams);
  return (
    <Prefetched queries={[trpc.catalog.list.queryOptions(catalogInput(address)), trpc.catalog.facets.queryOptions(filterInput(address))]}>
      <CatalogClient />
    </Prefetched>
  );
}
