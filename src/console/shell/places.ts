import { Activity, Boxes, Database, House, KeyRound, type LucideIcon, Network, Play, Search, Sheet, Waypoints } from "lucide-react";

export interface Place {
  readonly path: string;
  readonly text: string;
  readonly icon: LucideIcon;
  /** Addresses below these count as this place, too. */
  readonly also?: readonly string[];
}

/** The sidebar: places that work, and no others. */
export const PLACES: readonly Place[] = [
  { path: "/", text: "Overview", icon: House },
  { path: "/catalog", text: "Catalog", icon: Search, also: ["/views"] },
  { path: "/entities", text: "Entities", icon: Boxes },
  { path: "/sources", text: "Sources", icon: Database },
  { path: "/services", text: "Services", icon: Waypoints },
  { path: "/runs", text: "Runs", icon: Play },
  { path: "/training-sets", text: "Training sets", icon: Sheet },
  { path: "/monitoring", text: "Monitoring", icon: Activity, also: ["/incidents"] },
  { path: "/lookup", text: "Look up", icon: KeyRound },
  { path: "/lineage", text: "Lineage", icon: Network },
];

/** Where an address is in the sidebar. */
export function isPlaceOf({ path, also = [] }: Place, pathname: string): boolean {
  if (path === "/") return pathname === "/";
  return [path, ...also].some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`));
}
