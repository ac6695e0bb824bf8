import type { Metadata } from "next";
import { Prefetched } from "../_server/prefetch.tsx";
import { trpc } from "../_server/trpc.ts";
import { TrainingSetsClient } from "./client.tsx";
import { loadTrainingAddress, trainingInput } from "./search-params.ts";

export const metadata: Metadata = { title: "Training sets" };

export default async function Page({ searchParams }: PageProps<"/training-sets">) {
  const address = await loadTrainingAddress(searchParams);
  return (
    <Prefetched queries={[trpc.trainingSet.list.queryOptions(trainingInput(address))]}>
      <TrainingSetsClient />
    </Prefetched>
  );
}
