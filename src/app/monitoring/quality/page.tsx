import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { loadQualityAddress, qualityInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Quality" };

export default async function Page({ searchParams }: PageProps<"/monitoring/quality">) {
  return (
    <Prefetched queries={[trpc.quality.list.queryOptions(qualityInput(await loadQualityAddress(searchParams)))]}>
      <Client />
    </Prefetched>
  );
}
