import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EDIT_WORDS, isEditKind } from "../../../console/edit/kinds.ts";
import { NewClient } from "./client.tsx";

export async function generateMetadata({ params }: PageProps<"/new/[kind]">): Promise<Metadata> {
  const { kind } = await params;
  return { title: isEditKind(kind) ? `New ${EDIT_WORDS[kind].one}` : "Nothing here" };
}

export default async function Page({ params }: PageProps<"/new/[kind]">) {
  const { kind } = await params;
  if (!isEditKind(kind)) notFound();
  return <NewClient kind={kind} />;
}
