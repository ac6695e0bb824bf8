import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { ViewClient } from "./client.tsx";
import { loadViewAddress } from "./search-params.ts";

export async function generateMetadata({ params }: PageProps<"/views/[name]">): Promise<Metadata> {
  const { name } = await params;
  return { title: name };
}

export default async function Page({ params, searchParams }: PageProps<"/views/[name]">) {
  const [{ name: view }, { tab }] = await Promise.all([params, loadViewAddress(searchParams)]);
  const ofTab = {
    overview: [
      trpc.schedule.get.queryOptions({ view }),
      trpc.run.list.queryOptions({ view, pageSize: 5 }),
      trpc.view.online.queryOptions({ view }),
      trpc.view.ages.queryOptions({ view }),
      trpc.view.profile.queryOptions({ view }),
    ],
    features: [trpc.view.profile.queryOptions({ view })],
    data: [trpc.view.sample.queryOptions({ view, of: "newest", limit: 50 })],
    runs: [trpc.run.list.queryOptions({ view, page: 1, pageSize: 25 })],
    monitoring: [trpc.monitor.view.queryOptions({ view })],
    versions: [trpc.view.versions.queryOptions({ view })],
    code: [trpc.view.sample.queryOptions({ view, of: "keys", limit: 1 }), trpc.system.info.queryOptions()],
  } as const;
  const active = trpc.run.list.queryOptions({ view, kinds: ["materialize"], states: ["queued", "running"], pageSize: 1 });
  return (
    <Prefetched about={trpc.view.get.queryOptions({ view })} queries={[active, ...ofTab[tab]]}>
      <ViewClient name={view} />
    </Prefetched>
  );
}
