"use client";
import { AlertsPage } from "../../../console/alert/alerts-page.tsx";

export function Client() {
  return <AlertsPage />;
}
