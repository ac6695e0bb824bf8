import { z } from "zod";
import type { BinOf, Incident } from "../../monitor/index.ts";

/** An incident as pages show it. */
export interface ShownIncident extends Omit<Incident, "memory" | "detail"> {
  /** Figures of its check. The part of the rows that a drift comes from is left out: partOf tells it to those who may read values. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** Who is hit: services that read what it is about. */
  readonly services: readonly string[];
}

export function toShownIncident({ memory: _memory, detail, ...incident }: Incident): ShownIncident {
  const { segment: _segment, ...figures } = (typeof detail === "object" && detail !== null ? detail : {}) as Readonly<Record<string, unknown>>;
  return { ...incident, detail: figures, services: servicesOf(figures) };
}

const part = z.object({
  by: z.string(),
  label: z.string(),
  of: z.enum(["values", "other", "new", "null"] satisfies readonly BinOf[]).default("values"),
  shareOfPsi: z.number(),
  currentShare: z.number(),
  excess: z.number(),
});

/** The part of the rows that a drift comes from, named by an entity key or a value; null where none was found. */
export function partOf({ detail }: Pick<Incident, "detail">): z.infer<typeof part> | null {
  return z.object({ segment: part }).safeParse(detail).data?.segment ?? null;
}

/** Checks keep figures of their own shape; whom they hit stands in each under one name. */
function servicesOf({ services }: Readonly<Record<string, unknown>>): readonly string[] {
  return Array.isArray(services) ? services.map(String) : [];
}
