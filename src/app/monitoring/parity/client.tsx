"use client";
import { ParityPage } from "../../../console/parity/parity-page.tsx";

export function Client() {
  return <ParityPage />;
}
