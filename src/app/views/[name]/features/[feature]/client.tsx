"use client";
import { FeaturePage } from "../../../../../console/feature/feature-page.tsx";

export function FeatureClient(props: { readonly view: string; readonly feature: string }) {
  return <FeaturePage {...props} />;
}
