"use client";
import { IncidentPage } from "../../../console/incident/incident-page.tsx";

export function Client({ id }: { readonly id: number }) {
  return <IncidentPage id={id} />;
}
