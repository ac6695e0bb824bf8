"use client";
import { TrainingSetsPage } from "../../console/training/training-sets-page.tsx";

export function TrainingSetsClient() {
  return <TrainingSetsPage />;
}
