import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";

export const metadata: Metadata = { title: "TTL staleness" };

export default async function Page() {
  return (
    <Prefetched queries={[trpc.monitor.expiry.queryOptions()]}>
      <Client />
    </Prefetched>
  );
}
