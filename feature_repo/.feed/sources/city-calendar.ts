import { dueHours, type FeedSource } from "../feed-source.ts";
import { CITIES, words } from "../noise.ts";

const EVENTS = words("marathon", "trade fair", "football final", "street festival", "concert");

/** What kind of day it is in each city: six rows a day, as CSV. */
export const cityCalendar: FeedSource = {
  name: "city_calendar",
  ending: "csv",
  everyHours: 24,
  stops: false,
  rows: (range) => `
    SELECT ${words(...CITIES)}[1 + c] AS city, time_of(hour, 0) AS day, known(c, hour) AS created,
      chance(c, hour, 1, 0.04) AS is_holiday,
      null_if(NOT chance(c, hour, 2, 0.2), pick(c, hour, 3, ${EVENTS})) AS event_name,
      round(2000 + 30000 * u(c, 0, 4) + CASE WHEN chance(c, hour, 2, 0.2) THEN 60000 * u(c, hour, 5) ELSE 0 END)::BIGINT AS expected_visitors,
      NOT is_weekend(hour) AND NOT chance(c, hour, 1, 0.04) AS is_school_day,
      time_of(hour, 21600 + round(1800 * sin(hour / 24 / 58.1 + c))) AS sunrise,
      time_of(hour, 66600 - round(1800 * sin(hour / 24 / 58.1 + c))) AS sunset,
      round((45000 - 3600 * sin(hour / 24 / 58.1 + c)) / 3600, 2) AS daylight_hours
    FROM range(${CITIES.length}) numbers(c), ${dueHours({ everyHours: 24 }, range)}
    ORDER BY day, city`,
};
