"use client";
import { FreshnessPage } from "../../../console/monitor/freshness-page.tsx";

export function Client() {
  return <FreshnessPage />;
}
