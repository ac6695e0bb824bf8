"use client";
import type { EditKind } from "../../../console/edit/kinds.ts";
import { NewPage } from "../../../console/edit/new-page.tsx";

export function NewClient({ kind }: { readonly kind: EditKind }) {
  return <NewPage kind={kind} />;
}
