import { createLoader, parseAsIsoDateTime, parseAsString, parseAsStringLiteral } from "nuqs/server";

const VIEW_TABS = ["overview", "features", "data", "runs", "monitoring", "versions", "code"] as const;
export type ViewTab = (typeof VIEW_TABS)[number];

/** What of a view's page stands in its address: the tab, and a feature or an hour to point at. */
export const viewParams = {
  tab: parseAsStringLiteral(VIEW_TABS).withDefault("overview"),
  feature: parseAsString,
  hour: parseAsIsoDateTime,
};

export const loadViewAddress = createLoader(viewParams);
