import { Boxes, Database, Hash, Layers, type LucideIcon, Waypoints } from "lucide-react";
import type { Outputs } from "../shell/trpc.ts";

export type CatalogEntry = Outputs["catalog"]["list"]["rows"][number];
export type CatalogKind = CatalogEntry["kind"];

export const KIND_WORDS: Readonly<Record<CatalogKind, { readonly one: string; readonly many: string }>> = {
  feature_view: { one: "feature view", many: "feature views" },
  feature: { one: "feature", many: "features" },
  entity: { one: "entity", many: "entities" },
  data_source: { one: "data source", many: "data sources" },
  feature_service: { one: "feature service", many: "feature services" },
};

export const KIND_ICONS: Readonly<Record<CatalogKind, LucideIcon>> = {
  feature_view: Layers,
  feature: Hash,
  entity: Boxes,
  data_source: Database,
  feature_service: Waypoints,
};
