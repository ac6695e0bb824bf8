import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { catalogInput, filterInput, loadCatalogAddress } from "../catalog/search-params.ts";
import { EntitiesClient } from "./client.tsx";

export const metadata: Metadata = { title: "Entities" };

export default async function Page({ searchParams }: PageProps<"/entities">) {
  const address = await loadCatalogAddress(searchParams);
  return (
    <Prefetched queries={[trpc.catalog.list.queryOptions(catalogInput(address, "entity")), trpc.catalog.facets.queryOptions(filterInput(address, "entity"))]}>
      <EntitiesClient />
    </Prefetched>
  );
}
