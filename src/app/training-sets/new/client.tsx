"use client";
import { NewTrainingSetPage } from "../../../console/training/new-training-set.tsx";

export function NewTrainingSetClient() {
  return <NewTrainingSetPage />;
}
