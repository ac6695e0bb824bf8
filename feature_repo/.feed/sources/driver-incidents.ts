import { dueHours, type FeedSource } from "../feed-source.ts";
import { words } from "../noise.ts";

/** The history of what is pushed: some thirty incidents of the day before, each at its own time. */
export const driverIncidents: FeedSource = {
  name: "driver_incidents",
  ending: "jsonl",
  everyHours: 24,
  stops: false,
  rows: (range, { drivers }) => `
    SELECT driver_id, time_of(hour - 24, floor(u(driver_id, hour, 1) * 86400)) AS event_timestamp, known(driver_id, hour) AS created,
      pick(driver_id, hour, 2, ${words("scratch", "complaint", "late_pickup", "lost_item", "collision")}) AS kind,
      (1 + floor(5 * u(driver_id, hour, 3) * u(driver_id, hour, 4)))::INTEGER AS severity,
      sample_of(driver_id, hour, 10, ${words("night", "rain", "airport", "highway")}, 0.3) AS tags,
      null_if(chance(driver_id, hour, 5, 0.4), round(900 * u(driver_id, hour, 6) * u(driver_id, hour, 7), 2)) AS cost,
      chance(driver_id, hour, 8, 0.7) AS is_resolved
    FROM range(1001, ${1001 + drivers}) numbers(driver_id), ${dueHours({ everyHours: 24 }, range)}
    WHERE chance(driver_id, hour, 9, 0.03)
    ORDER BY event_timestamp, driver_id`,
};
