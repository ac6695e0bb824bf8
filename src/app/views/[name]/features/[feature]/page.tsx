import type { Metadata } from "next";
import { Prefetched } from "../../../../_server/prefetch.tsx";
import { trpc } from "../../../../_server/trpc.ts";
import { FeatureClient } from "./client.tsx";

type Props = PageProps<"/views/[name]/features/[feature]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name, feature } = await params;
  return { title: `${feature} of ${name}` };
}

export default async function Page({ params }: Props) {
  const { name: view, feature } = await params;
  return (
    <Prefetched
      about={trpc.feature.get.queryOptions({ view, feature })}
      queries={[
        trpc.view.profile.queryOptions({ view }),
        trpc.view.get.queryOptions({ view }),
        trpc.view.sample.queryOptions({ view, of: "newest", limit: 10 }),
        trpc.view.sample.queryOptions({ view, of: "keys", limit: 1 }),
        trpc.system.info.queryOptions(),
      ]}
    >
      <FeatureClient view={view} feature={feature} />
    </Prefetched>
  );
}
