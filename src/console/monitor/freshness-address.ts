import { createLoader, parseAsInteger, parseAsNumberLiteral, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

const STATES = ["late", "at risk", "unknown", "on time"] as const;
const HOURS = [24, 72, 168] as const;

export const freshnessParams = {
  q: parseAsString.withDefault(""),
  state: parseAsStringLiteral(STATES),
  hours: parseAsNumberLiteral(HOURS).withDefault(72),
  page: parseAsInteger.withDefault(1),
};

export const loadFreshnessAddress = createLoader(freshnessParams);

export function freshnessInput({ q, state, hours, page }: Awaited<ReturnType<typeof loadFreshnessAddress>>): NonNullable<Inputs["monitor"]["freshness"]> {
  return { text: q, state, hours, page: Math.max(1, page) };
}
