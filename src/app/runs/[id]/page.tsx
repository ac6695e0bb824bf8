import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { RunClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/runs/[id]">): Promise<Metadata> {
  const { id } = await params;
  return { title: `Run ${id}` };
}

export default async function Page({ params }: PageProps<"/runs/[id]">) {
  const { id } = await params;
  return (
    <Prefetched about={trpc.run.get.queryOptions({ run: id })} queries={[trpc.run.events.queryOptions({ run: id })]}>
      <RunClient id={id} />
    </Prefetched>
  );
}
