import { createLoader, parseAsArrayOf, parseAsInteger, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const RUN_STATES = ["queued", "running", "succeeded", "failed", "cancelled"] as const;

/** What of the list of runs stands in its address. */
export const runsParams = {
  state: parseAsArrayOf(parseAsStringLiteral(RUN_STATES)).withDefault([]),
  kind: parseAsArrayOf(parseAsString).withDefault([]),
  view: parseAsString.withDefault(""),
  page: parseAsInteger.withDefault(1),
};

export const loadRunsAddress = createLoader(runsParams);
export type RunsAddress = Awaited<ReturnType<typeof loadRunsAddress>>;

export function runsInput({ state, kind, view, page }: RunsAddress): NonNullable<Inputs["run"]["list"]> {
  return { states: state, kinds: kind, page: Math.max(1, page), ...(view && { view }) };
}
