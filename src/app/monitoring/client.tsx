"use client";
import { MonitorPage } from "../../console/monitor/monitor-page.tsx";

export function Client() {
  return <MonitorPage />;
}
