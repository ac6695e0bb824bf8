import { dueHours, type FeedSource } from "../feed-source.ts";
import { CITIES, words } from "../noise.ts";

export const RIDERS = "range(500001, 505001) numbers(rider_id)";

/**
 * What a rider did and spent, as of each midnight. spend_cents_30d is a BIGINT, and now and then an amount was converted twice:
 * too large for the int32 that the view declares.
 */
export const riderActivity: FeedSource = {
  name: "rider_activity",
  ending: "parquet",
  everyHours: 24,
  stops: false,
  rows: (range) => `
    WITH active AS (
      SELECT rider_id, hour, greatest(0, round(12 * u(rider_id, 0, 1) * u(rider_id, 0, 2) * 4 + 3 * n(rider_id, hour // 24, 3)))::BIGINT AS trips_30d
      FROM ${RIDERS}, ${dueHours({ everyHours: 24 }, range)}
    )
    SELECT rider_id::BIGINT AS rider_id, time_of(hour, 0)::TIMESTAMPTZ AS event_timestamp, known(rider_id, hour) AS created,
      round(trips_30d * (0.15 + 0.2 * u(rider_id, hour, 4)))::INTEGER AS trips_7d,
      trips_30d::INTEGER AS trips_30d,
      round(0.15 * u(rider_id, 0, 5) + 0.05 * u(rider_id, hour, 6), 3) AS cancel_rate,
      null_if(trips_30d = 0, round(clamp(4.6 + 0.4 * n(rider_id, 0, 7), 1.0, 5.0), 1)) AS avg_rating_given,
      pick(rider_id, 0, 8, ${words(...CITIES)}) AS favourite_city,
      null_if(trips_30d = 0, time_of(hour, -floor(u(rider_id, hour, 9) * 86400 * 6))) AS last_trip_at,
      list_filter(range(24), lambda h: u(rider_id, 0, 100 + h) < 0.12)::INTEGER[] AS active_hours,
      round(trips_30d * (900 + 1400 * u(rider_id, 0, 10)))::BIGINT * CASE WHEN chance(rider_id, hour, 11, 0.0004) THEN 10000000 ELSE 1 END AS spend_cents_30d,
      round(0.25 * u(rider_id, 0, 12) * u(rider_id, 0, 13), 3) AS tip_rate,
      pick(rider_id, 0, 14, ${words("card", "card", "card", "wallet", "cash", "invoice")}) AS payment_method,
      chance(rider_id, 0, 15, 0.12) AS is_business,
      sample_of(rider_id, hour // 168, 16, ${words("WELCOME", "SUMMER", "AIRPORT", "FRIENDS")}, 0.15) AS promo_codes,
      round(20000 * u(rider_id, hour // 24, 17) * u(rider_id, 0, 18))::BIGINT AS wallet_cents
    FROM active
    ORDER BY event_timestamp, rider_id`,
};
