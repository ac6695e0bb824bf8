"use client";
import { EntityPage } from "../../../console/entity/entity-page.tsx";

export function EntityClient({ name }: { readonly name: string }) {
  return <EntityPage name={name} />;
}
