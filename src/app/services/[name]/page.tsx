import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { ServiceClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/services/[name]">): Promise<Metadata> {
  const { name } = await params;
  return { title: name };
}

export default async function Page({ params }: PageProps<"/services/[name]">) {
  const { name } = await params;
  return (
    <Prefetched about={trpc.service.get.queryOptions({ name })} queries={[]}>
      <ServiceClient name={name} />
    </Prefetched>
  );
}
