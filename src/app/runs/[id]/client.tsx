"use client";
import { RunPage } from "../../../console/run/run-page.tsx";

export function RunClient({ id }: { readonly id: string }) {
  return <RunPage id={id} />;
}
