"use client";
import { DriftPage } from "../../../console/drift/drift-page.tsx";

export function Client() {
  return <DriftPage />;
}
