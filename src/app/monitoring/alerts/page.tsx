import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";

export const metadata: Metadata = { title: "Alerts" };

export default async function Page() {
  return (
    <Prefetched queries={[trpc.alert.channels.queryOptions()]}>
      <Client />
    </Prefetched>
  );
}
