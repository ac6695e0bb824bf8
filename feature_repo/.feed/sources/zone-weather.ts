import { dueHours, type FeedSource } from "../feed-source.ts";
import { ZONES } from "../noise.ts";

/** The weather of each zone every hour, as CSV without a created column. */
export const zoneWeather: FeedSource = {
  name: "zone_weather",
  ending: "csv",
  everyHours: 1,
  stops: false,
  rows: (range) => `
    WITH sky AS (
      SELECT *, 12 + 8 * u(zone // 20, 0, 1) + 6 * rhythm(hour) + 2 * n(zone, hour // 24, 2) + 0.4 * n(zone, hour, 3) AS celsius,
        greatest(0.0, 6 * (u(zone, hour // 6, 4) - 0.7) + 0.5 * n(zone, hour, 5)) AS rain
      FROM ${ZONES}, ${dueHours({ everyHours: 1 }, range)}
    )
    SELECT city, cell, time_of(hour, 0) AS observed_at,
      null_if(chance(zone, hour, 6, 0.01), round(celsius, 1)) AS temperature,
      round(celsius - 1.5 * u(zone, hour, 7), 1) AS feels_like,
      CASE WHEN rain > 0.9 THEN 'rain' WHEN rain > 0.2 THEN 'drizzle' WHEN u(zone, hour // 6, 8) < 0.4 THEN 'clouds' ELSE 'clear' END AS condition,
      round(3 + 9 * u(zone, hour // 3, 9) + u(zone, hour, 10), 1) AS wind_speed,
      round(45 + 40 * u(zone, hour // 6, 11) + 5 * u(zone, hour, 12))::INTEGER AS humidity,
      round(rain, 2) AS precipitation,
      rain > 0.2 AS is_raining
    FROM sky
    ORDER BY observed_at, city, cell`,
};
