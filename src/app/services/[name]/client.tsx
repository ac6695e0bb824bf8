"use client";
import { ServicePage } from "../../../console/service/service-page.tsx";

export function ServiceClient({ name }: { readonly name: string }) {
  return <ServicePage name={name} />;
}
