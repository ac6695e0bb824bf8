"use client";
import { TrainingSetPage } from "../../../console/training/training-set-page.tsx";

export function TrainingSetClient({ name }: { readonly name: string }) {
  return <TrainingSetPage name={name} />;
}
