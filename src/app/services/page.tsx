import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { catalogInput, filterInput, loadCatalogAddress } from "../catalog/search-params.ts";
import { ServicesClient } from "./client.tsx";

export const metadata: Metadata = { title: "Services" };

export default async function Page({ searchParams }: PageProps<"/services">) {
  const address = await loadCatalogAddress(searchParams);
  return (
    <Prefetched
      queries={[
        trpc.catalog.list.queryOptions(catalogInput(address, "feature_service")),
        trpc.catalog.facets.queryOptions(filterInput(address, "feature_service")),
      ]}
    >
      <ServicesClient />
    </Prefetched>
  );
}
