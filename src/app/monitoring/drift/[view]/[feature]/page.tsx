import type { Metadata } from "next";
import { Prefetched } from "../../../../_server/prefetch.tsx";
import { trpc } from "../../../../_server/trpc.ts";
import { Client } from "./client.tsx";
import { driftFeatureInput, loadDriftFeatureAddress } from "./search-params.ts";

type Props = PageProps<"/monitoring/drift/[view]/[feature]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { view, feature } = await params;
  return { title: `Drift of ${feature} of ${view}` };
}

export default async function Page({ params, searchParams }: Props) {
  const [{ view, feature }, address] = await Promise.all([params, loadDriftFeatureAddress(searchParams)]);
  return (
    <Prefetched about={trpc.drift.feature.queryOptions(driftFeatureInput(view, feature, address))} queries={[]}>
      <Client view={view} feature={feature} />
    </Prefetched>
  );
}
