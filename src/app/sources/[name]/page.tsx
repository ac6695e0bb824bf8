import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { SourceClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/sources/[name]">): Promise<Metadata> {
  const { name } = await params;
  return { title: name };
}

export default async function Page({ params }: PageProps<"/sources/[name]">) {
  const { name } = await params;
  return (
    <Prefetched about={trpc.source.get.queryOptions({ name })} queries={[]}>
      <SourceClient name={name} />
    </Prefetched>
  );
}
