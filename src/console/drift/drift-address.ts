import { createLoader, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

const VERDICTS = ["drift", "watch", "stable", "insufficient data"] as const;

export const driftParams = {
  q: parseAsString.withDefault(""),
  verdict: parseAsStringLiteral(VERDICTS),
  page: parseAsInteger.withDefault(1),
};

export const loadDriftAddress = createLoader(driftParams);

export function driftInput({ q, verdict, page }: Awaited<ReturnType<typeof loadDriftAddress>>): NonNullable<Inputs["drift"]["list"]> {
  return { text: q, verdict, page: Math.max(1, page), pageSize: 25 };
}
