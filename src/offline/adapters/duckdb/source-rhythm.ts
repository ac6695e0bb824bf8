import type { ViewVersion } from "../../../domain/index.ts";
import type { Micros } from "../../../kit/index.ts";
import type { SourceRhythm } from "../../port.ts";
import { type Opening, readOnce } from "./open-view.ts";
import { quoteInt64 } from "./quote.ts";

const WINDOW_MICROS = 60n * 86_400_000_000n;
const DAYS_MIN = 3;

/**
 * Rows in the order in which they became known push the front, the newest event time so far, ahead. Just before each push the source is
 * oldest. Of those ages the greatest of each day counts, and of the days the ninth in ten: weekends count, a single outage does not.
 */
export async function sourceRhythm(opening: Opening, view: ViewVersion, eventMax: Micros): Promise<SourceRhythm> {
  return readOnce(opening, view, async (session, rows) => {
    const [newest] = await session.rows(
      `SELECT coalesce(max(${rows.event}) FILTER (WHERE ${rows.event} <= ${quoteInt64(eventMax)}), max(${rows.event})) FROM ${rows.from}`,
    );
    const newestEvent = typeof newest?.[0] === "bigint" ? newest[0] : null;
    if (newestEvent === null) return { newestEvent, usualAgeSeconds: null };
    const since = rows.eventWithin(newestEvent - WINDOW_MICROS, null).join(" AND ");
    const [row] = await session.rows(`
      WITH arrived AS (
        SELECT greatest(ev, coalesce(cr, ev)) AS known, max(ev) AS newest
        FROM (SELECT ${rows.event} AS ev, ${rows.created} AS cr FROM ${rows.from} WHERE ${since})
        WHERE ev IS NOT NULL AND ev <= ${quoteInt64(newestEvent)} GROUP BY known
      ), fronts AS (
        SELECT front, min(known) AS known FROM (SELECT known, max(newest) OVER (ORDER BY known) AS front FROM arrived) GROUP BY front
      ), ages AS (
        SELECT lead(known) OVER (ORDER BY known) AS until, lead(known) OVER (ORDER BY known) - front AS age FROM fronts
      ), days AS (
        SELECT max(age) AS age FROM ages WHERE until IS NOT NULL GROUP BY until // 86400000000
      )
      SELECT quantile_disc(age, 0.9), count(*) FROM days`);
    const [age, days] = row ?? [];
    const isKnown = Number(days ?? 0) >= DAYS_MIN && age !== null && age !== undefined;
    return { newestEvent, usualAgeSeconds: isKnown ? Number(age) / 1e6 : null };
  });
}
