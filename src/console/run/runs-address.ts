import { createLoader, parseAsArrayOf, parseAsInteger, parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { Inputs } from "../shell/trpc.ts";

export const RUN_STATES = ["queued", "running", "succeeded", "failed", "cancelled"] as const;

/** What of the list of runs stands in its address. Times are when a run was asked for. */
export const runsParams = {
  state: parseAsArrayOf(parseAsStringLiteral(RUN_STATES)).withDefault([]),
  kind: parseAsArrayOf(parseAsString).withDefault([]),
  by: parseAsArrayOf(parseAsString).withDefault([]),
  view: parseAsString.withDefault(""),
  from: parseAsIsoDateTime,
  to: parseAsIsoDateTime,
  page: parseAsInteger.withDefault(1),
};

export const loadRunsAddress = createLoader(runsParams);
export type RunsAddress = Awaited<ReturnType<typeof loadRunsAddress>>;

export function isFiltered({ state, kind, by, view, from, to }: RunsAddress): boolean {
  return state.length > 0 || kind.length > 0 || by.length > 0 || view !== "" || from !== null || to !== null;
}

export function runsInput({ state, kind, by, view, from, to, page }: RunsAddress): NonNullable<Inputs["run"]["list"]> {
  const optional = { ...(view && { about: view }), ...(from && { from }), ...(to && { to }) };
  return { states: state, kinds: kind, actors: by, page: Math.max(1, page), ...optional };
}
