import { createLoader, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const alertsParams = { state: parseAsStringLiteral(["waiting", "sent", "failed"] as const), page: parseAsInteger.withDefault(1) };

export const loadAlertsAddress = createLoader(alertsParams);

export function alertsInput({ state, page }: Awaited<ReturnType<typeof loadAlertsAddress>>): NonNullable<Inputs["alert"]["list"]> {
  return { state, page: Math.max(1, page) };
}
