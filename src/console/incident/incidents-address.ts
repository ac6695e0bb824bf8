import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const incidentsParams = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(["open", "closed"] as const),
  page: parseAsInteger.withDefault(1),
};

export const loadIncidentsAddress = createLoader(incidentsParams);

export function incidentsInput({ q, state, page }: Awaited<ReturnType<typeof loadIncidentsAddress>>): NonNullable<Inputs["incident"]["list"]> {
  return { text: q, state, page: Math.max(1, page) };
}
