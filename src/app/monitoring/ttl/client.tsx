"use client";
import { ExpiryPage } from "../../../console/monitor/expiry-page.tsx";

export function Client() {
  return <ExpiryPage />;
}
