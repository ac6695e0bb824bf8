import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { alertsInput, loadAlertsAddress } from "./search-params.ts";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page({ searchParams }: PageProps<"/monitoring/alerts">) {
  const alerts = trpc.alert.list.queryOptions(alertsInput(await loadAlertsAddress(searchParams)));
  return (
    <Prefetched queries={[trpc.alert.channels.queryOptions(), alerts]}>
      <Client />
    </Prefetched>
  );
}
