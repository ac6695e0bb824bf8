import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { Client } from "./client.tsx";

export const metadata: Metadata = { title: "Monitoring" };

export default async function Page() {
  return (
    <Prefetched queries={[trpc.monitor.overview.queryOptions()]}>
      <Client />
    </Prefetched>
  );
}
