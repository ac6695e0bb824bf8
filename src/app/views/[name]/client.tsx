"use client";
import { ViewPage } from "../../../console/view/view-page.tsx";

export function ViewClient({ name }: { readonly name: string }) {
  return <ViewPage name={name} />;
}
