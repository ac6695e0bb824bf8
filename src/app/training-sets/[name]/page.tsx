import type { Metadata } from "next";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { TrainingSetClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/training-sets/[name]">): Promise<Metadata> {
  const { name } = await params;
  return { title: name };
}

export default async function Page({ params }: PageProps<"/training-sets/[name]">) {
  const { name } = await params;
  return (
    <Prefetched about={trpc.trainingSet.get.queryOptions({ name })} queries={[trpc.run.list.queryOptions({ set: name, pageSize: 10 })]}>
      <TrainingSetClient name={name} />
    </Prefetched>
  );
}
