import { dueHours, type FeedSource } from "../feed-source.ts";
import { words } from "../noise.ts";

const COMMENTS = words("Friendly and on time", "Drove a little fast", "Spotless car", "Took a detour", "Helped with the luggage", "Music too loud");

/** What riders said of a driver the day before; two drivers in three are rated on a day. */
export const driverFeedback: FeedSource = {
  name: "driver_feedback",
  ending: "jsonl",
  everyHours: 24,
  stops: false,
  rows: (range, { drivers }) => `
    WITH rated AS (
      SELECT driver_id, hour,
        list_transform(range(3 + floor(6 * u(driver_id, hour, 1))::BIGINT), lambda i:
          clamp(round(4.4 + 0.5 * n(driver_id, 0, 2) + 0.7 * n(driver_id, hour, 30 + i)), 1, 5)::INTEGER) AS ratings
      FROM range(1001, ${1001 + drivers}) numbers(driver_id), ${dueHours({ everyHours: 24 }, range)}
      WHERE chance(driver_id, hour, 3, 0.67)
    )
    SELECT driver_id, time_of(hour, 0) AS event_timestamp, known(driver_id, hour) AS created,
      round(list_avg(ratings), 2) AS rating_avg,
      len(ratings) AS rating_count,
      ratings,
      floor(3 * u(driver_id, hour, 4))::INTEGER AS compliments,
      CASE WHEN list_min(ratings) <= 2 THEN 1 ELSE 0 END AS complaints,
      sample_of(driver_id, hour // 720, 5, ${words("top_rated", "night_owl", "airport_pro", "quiet_ride", "pet_friendly")}, 0.3) AS badges,
      null_if(chance(driver_id, hour, 20, 0.6), pick(driver_id, hour, 21, ${COMMENTS})) AS last_comment,
      list_avg(ratings) < 3.2 AS needs_review
    FROM rated
    ORDER BY event_timestamp, driver_id`,
};
