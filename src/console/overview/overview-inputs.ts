import type { Inputs } from "../shell/trpc.ts";

/** The kinds that are counted, each with the place that lists it. */
export const COUNTED = [
  { kind: "feature_view", href: "/catalog?kind=feature_view" },
  { kind: "feature", href: "/catalog?kind=feature" },
  { kind: "entity", href: "/entities" },
  { kind: "data_source", href: "/sources" },
  { kind: "feature_service", href: "/services" },
] as const;

export function countInput(kind: (typeof COUNTED)[number]["kind"]) {
  return { kinds: [kind], pageSize: 1 } satisfies Inputs["catalog"]["list"];
}

/** Asked by the page and beforehand by the server, so both must ask the same. */
export const OVERVIEW_RUNS = { pageSize: 50 } satisfies Inputs["run"]["list"];
/** Whether anything was ever put online. */
export const FIRST_SUCCESS = { states: ["succeeded"], pageSize: 1 } satisfies Inputs["run"]["list"];
export const OVERVIEW_CHANGES = {
  kinds: ["feature_view", "entity", "data_source", "feature_service"],
  sort: "updated",
  pageSize: 8,
} satisfies Inputs["catalog"]["list"];
