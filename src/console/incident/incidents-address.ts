import { createLoader, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const incidentsParams = { state: parseAsStringLiteral(["open", "closed"] as const), page: parseAsInteger.withDefault(1) };

export const loadIncidentsAddress = createLoader(incidentsParams);

export function incidentsInput({ state, page }: Awaited<ReturnType<typeof loadIncidentsAddress>>): NonNullable<Inputs["incident"]["list"]> {
  return { state, page: Math.max(1, page) };
}
