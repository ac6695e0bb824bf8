import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { Client } from "./client.tsx";
import { incidentsInput, loadIncidentsAddress } from "./search-params.ts";

export const metadata: Metadata = { title: "Incidents" };

export default async function Page({ searchParams }: PageProps<"/incidents">) {
  return (
    <Prefetched queries={[trpc.incident.list.queryOptions(incidentsInput(await loadIncidentsAddress(searchParams)))]}>
      <Client />
    </Prefetched>
  );
}
