import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Prefetched } from "../../_server/prefetch.tsx";
import { trpc } from "../../_server/trpc.ts";
import { Client } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/incidents/[id]">): Promise<Metadata> {
  const { id } = await params;
  return { title: `Incident ${id}` };
}

export default async function Page({ params }: PageProps<"/incidents/[id]">) {
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) notFound();
  return (
    <Prefetched about={trpc.incident.get.queryOptions({ incident: Number(id) })} queries={[]}>
      <Client id={Number(id)} />
    </Prefetched>
  );
}
