import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { LookupClient } from "./client.tsx";

export const metadata: Metadata = { title: "Look up" };

export default function Page() {
  return (
    <Prefetched queries={[trpc.lookup.choices.queryOptions()]}>
      <LookupClient />
    </Prefetched>
  );
}
