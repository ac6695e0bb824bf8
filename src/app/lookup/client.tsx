"use client";
import { LookupPage } from "../../console/lookup/lookup-page.tsx";

export function LookupClient() {
  return <LookupPage />;
}
