import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EDIT_WORDS, isEditKind } from "../../../../console/edit/kinds.ts";
import { Prefetched } from "../../../_server/prefetch.tsx";
import { trpc } from "../../../_server/trpc.ts";
import { EditClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/edit/[kind]/[name]">): Promise<Metadata> {
  const { name } = await params;
  return { title: `Edit ${name}` };
}

export default async function Page({ params }: PageProps<"/edit/[kind]/[name]">) {
  const { kind, name } = await params;
  if (!isEditKind(kind)) notFound();
  return (
    <Prefetched about={trpc.definition.get.queryOptions({ kind: EDIT_WORDS[kind].kind, name })} queries={[]}>
      <EditClient kind={kind} name={name} />
    </Prefetched>
  );
}
