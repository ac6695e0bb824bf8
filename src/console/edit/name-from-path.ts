import { isName } from "../../domain/index.ts";

/** `/data/Driver stats.v2.parquet` → driver_stats_v2; empty where nothing of it can be a name. */
export function nameFromPath(path: string): string {
  const last = path.replace(/\/+$/, "").slice(path.replace(/\/+$/, "").lastIndexOf("/") + 1);
  const name = last
    .replace(/(\.(parquet|pq|csv|tsv|jsonl|ndjson|json))?(\.gz)?$/i, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_0-9]+|_+$/g, "");
  return isName(name) ? name : "";
}
