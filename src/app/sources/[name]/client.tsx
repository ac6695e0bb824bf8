"use client";
import { SourcePage } from "../../../console/source/source-page.tsx";

export function SourceClient({ name }: { readonly name: string }) {
  return <SourcePage name={name} />;
}
