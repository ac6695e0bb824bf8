"use client";
import { OverviewPage } from "../console/overview/overview-page.tsx";

export function OverviewClient() {
  return <OverviewPage />;
}
