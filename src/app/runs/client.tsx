"use client";
import { RunsPage } from "../../console/run/runs-page.tsx";

export function RunsClient() {
  return <RunsPage />;
}
