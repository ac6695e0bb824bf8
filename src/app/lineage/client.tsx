"use client";
import { LineagePage } from "../../console/lineage/lineage-page.tsx";

export function LineageClient() {
  return <LineagePage />;
}
