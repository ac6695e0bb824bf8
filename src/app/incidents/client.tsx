"use client";
import { IncidentsPage } from "../../console/incident/incidents-page.tsx";

export function Client() {
  return <IncidentsPage />;
}
