import type { JoinData, JoinedView } from "./data.ts";

/*
 * The join as one would write it by hand for this data, in the fastest form known to us: ASOF over keys and times alone, then all
 * rows that have the time found, and the best of those where there are several. (Tried and slower: sorting by a packed
 * order of rows, dropping ties by a group over all rows first, carrying the values through the ASOF join.)
 */

/** SQL that writes the answers to `out`, entity rows in their order. */
export function referenceSql({ entityPath, views }: JoinData, out: string): string {
  const features = views.flatMap((view, index) => Object.keys(view.features).map((feature) => `x${index}.${feature}`));
  return `COPY (
    WITH e AS MATERIALIZED (SELECT file_row_number::UINTEGER AS n, * FROM read_parquet('${entityPath}', file_row_number = true)),
    ${views.map(viewSql).join(",\n")}
    SELECT e.driver_id, e.event_timestamp, e.label, ${features.join(", ")}
    FROM e ${views.map((_, index) => `LEFT JOIN x${index} ON x${index}.n = e.n`).join(" ")} ORDER BY e.n
  ) TO '${out}' (FORMAT parquet)`;
}

function viewSql({ path, ttlDays, features }: JoinedView, index: number): string {
  const rows = `read_parquet('${path}', file_row_number = true)`;
  const names = Object.keys(features);
  const best = `{${names.map((name) => `${name}: ${name}`).join(", ")}}`;
  return `m${index} AS (
      SELECT e.n, e.driver_id AS k, f.datetime AS ev, f.r FROM e
      ASOF JOIN (SELECT driver_id, datetime, file_row_number AS r FROM ${rows}) f ON f.driver_id = e.driver_id AND f.datetime <= e.event_timestamp
      WHERE f.datetime >= e.event_timestamp - INTERVAL ${ttlDays} DAYS),
    j${index} AS MATERIALIZED (
      SELECT m.n, m.r AS slot, f.file_row_number AS r, f.created, ${names.join(", ")}
      FROM ${rows} f JOIN m${index} m ON f.driver_id = m.k AND f.datetime = m.ev),
    t${index} AS MATERIALIZED (
      SELECT n, arg_max(${best}, {c: created, r: r}) AS best FROM j${index} WHERE n IN (SELECT n FROM j${index} WHERE r <> slot) GROUP BY n),
    x${index} AS (
      SELECT n, ${names.join(", ")} FROM j${index} WHERE r = slot AND n NOT IN (SELECT n FROM t${index})
      UNION ALL SELECT n, ${names.map((name) => `best.${name}`).join(", ")} FROM t${index})`;
}
