import { dueHours, type FeedSource } from "../feed-source.ts";
import { CITIES, words } from "../noise.ts";
import { RIDERS } from "./rider-activity.ts";

/** Who a rider is, as of each Monday: an embedding of 16 numbers, segments, a fingerprint of the device as bytes. */
export const riderProfile: FeedSource = {
  name: "rider_profile",
  ending: "parquet",
  everyHours: 168,
  stops: false,
  rows: (range) => `
    SELECT rider_id::BIGINT AS rider_id, time_of(hour, 0)::TIMESTAMPTZ AS event_timestamp, known(rider_id, hour) AS created,
      pick(rider_id, 0, 8, ${words(...CITIES)}) AS home_city,
      (1500000000 + floor(u(rider_id, 0, 20) * 200000000))::BIGINT AS signup_at,
      sample_of(rider_id, hour // 168, 21, ${words("commuter", "traveller", "weekender", "student", "family")}, 0.35) AS segments,
      list_transform(range(16), lambda i: round(n(rider_id, 0, 30 + i) + 0.05 * n(rider_id, hour, 50 + i), 4)::FLOAT) AS embedding,
      null_if(chance(rider_id, 0, 70, 0.05), unhex(left(md5('device' || rider_id || (u(rider_id, hour, 71) < 0.02)), 24))) AS device_fingerprint,
      pick(rider_id, 0, 72, ${words("en", "de", "nl", "pt", "ja", "sw", "fr")}) AS language,
      chance(rider_id, 0, 73, 0.4) AS marketing_opt_in
    FROM ${RIDERS}, ${dueHours({ everyHours: 168 }, range)}
    ORDER BY event_timestamp, rider_id`,
};
