import { dueHours, type FeedSource } from "../feed-source.ts";
import { ZONES } from "../noise.ts";

/** Requests and drivers in each zone every hour. */
export const zoneDemand: FeedSource = {
  name: "zone_demand",
  ending: "parquet",
  everyHours: 1,
  stops: false,
  rows: (range) => `
    WITH counted AS (
      SELECT *,
        greatest(0, round((30 + 120 * u(zone, 0, 1)) * (1 + 0.5 * rhythm(hour) + CASE WHEN is_weekend(hour) THEN 0.2 * greatest(0, rhythm(hour)) ELSE 0 END) + 8 * n(zone, hour, 2))) AS asked,
        greatest(1, round((12 + 40 * u(zone, 0, 1)) * (1 + 0.35 * rhythm(hour)) + 3 * n(zone, hour, 3))) AS drivers
      FROM ${ZONES}, ${dueHours({ everyHours: 1 }, range)}
    )
    SELECT city, cell, time_of(hour, 0)::TIMESTAMPTZ AS event_timestamp, known(zone, hour) AS created,
      asked::INTEGER AS requests,
      round(asked * clamp(0.95 - 0.03 * asked / drivers, 0.4, 1.0))::INTEGER AS completed,
      drivers::INTEGER AS active_drivers,
      round(clamp(0.7 + asked / drivers / 6 + 0.05 * n(zone, hour, 4), 1.0, 4.0), 2) AS surge,
      null_if(chance(zone, hour, 5, 0.01), round(90 + 60 * asked / drivers + 15 * n(zone, hour, 6))) AS wait_seconds,
      round(clamp(0.04 + 0.01 * asked / drivers + 0.01 * n(zone, hour, 7), 0.0, 1.0), 3) AS cancel_rate,
      asked / drivers > 3.6 AS is_surging,
      list_transform(range(3), lambda i: floor(20 * u(zone, hour, 10 + i))::INTEGER) AS top_destinations
    FROM counted
    ORDER BY event_timestamp, city, cell`,
};
