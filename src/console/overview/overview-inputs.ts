import type { Inputs } from "../shell/trpc.ts";

/** Asked by the page and beforehand by the server, so both must ask the same. */
export const OVERVIEW_RUNS = { pageSize: 50 } satisfies Inputs["run"]["list"];
export const OVERVIEW_CHANGES = {
  kinds: ["feature_view", "entity", "data_source", "feature_service"],
  sort: "updated",
  pageSize: 8,
} satisfies Inputs["catalog"]["list"];
