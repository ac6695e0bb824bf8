import type { Incident } from "../../monitor/index.ts";

/** An incident as pages show it. */
export interface ShownIncident extends Omit<Incident, "memory"> {
  /** Who is hit: services that read what it is about. */
  readonly services: readonly string[];
}

export function toShownIncident({ memory: _memory, ...incident }: Incident): ShownIncident {
  return { ...incident, services: servicesOf(incident.detail) };
}

/** Checks keep figures of their own shape; whom they hit stands in each under one name. */
function servicesOf(detail: unknown): readonly string[] {
  const services = typeof detail === "object" && detail !== null && "services" in detail ? detail.services : null;
  return Array.isArray(services) ? services.map(String) : [];
}
