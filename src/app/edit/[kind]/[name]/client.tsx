"use client";
import { EditPage } from "../../../../console/edit/edit-page.tsx";
import type { EditKind } from "../../../../console/edit/kinds.ts";

export function EditClient({ kind, name }: { readonly kind: EditKind; readonly name: string }) {
  return <EditPage kind={kind} name={name} />;
}
