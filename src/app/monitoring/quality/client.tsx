"use client";
import { QualityPage } from "../../../console/monitor/quality-page.tsx";

export function Client() {
  return <QualityPage />;
}
