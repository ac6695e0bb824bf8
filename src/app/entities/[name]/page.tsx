import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { EntityClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/entities/[name]">): Promise<Metadata> {
  const { name } = await params;
  return { title: name };
}

export default async function Page({ params }: PageProps<"/entities/[name]">) {
  const { name } = await params;
  return (
    <Prefetched about={trpc.entity.get.queryOptions({ name })} queries={[]}>
      <EntityClient name={name} />
    </Prefetched>
  );
}
