"use client";
import { DriftFeaturePage } from "../../../../../console/drift/drift-feature-page.tsx";

export function Client(props: { readonly view: string; readonly feature: string }) {
  return <DriftFeaturePage {...props} />;
}
