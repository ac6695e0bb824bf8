import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { RunsClient } from "./client.tsx";
import { loadRunsAddress, runsInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Runs" };

export default async function Page({ searchParams }: PageProps<"/runs">) {
  const address = await loadRunsAddress(searchParams);
  return (
    <Prefetched queries={[trpc.run.list.queryOptions(runsInput(address)), trpc.run.choices.queryOptions()]}>
      <RunsClient />
    </Prefetched>
  );
}
