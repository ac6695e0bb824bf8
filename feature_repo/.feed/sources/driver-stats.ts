import type { FeedSource } from "../feed-source.ts";

/** From some day on the drivers hired last turn down more and more offers: the feature that drifts. */
const HIRED_LAST = 0.4;
const [SINKS_A_DAY, SINKS_BY] = [0.02, 0.3];

/**
 * An hourly row per driver, with what real feeds have: nulls, rows twice, rows that come hours late, and corrections: the same hour
 * once more, created later. avg_daily_trips is a BIGINT, created has no zone.
 */
export const driverStats: FeedSource = {
  name: "driver_stats",
  ending: "parquet",
  everyHours: 1,
  stops: false,
  rows: ({ fromHour, toHour }, { drivers, firstHour, sinkingHour }) => {
    const sinking = `CASE WHEN driver_id > ${1000 + Math.round(drivers * (1 - HIRED_LAST))}
      THEN clamp(${SINKS_A_DAY} * (hour - ${sinkingHour}) / 24.0, 0.0, ${SINKS_BY}) ELSE 0.0 END`;
    return `
    WITH told AS (
      SELECT driver_id, hour
      FROM range(1001, ${1001 + drivers}) numbers(driver_id), range(${Math.max(firstHour, fromHour - 36)}, ${toHour}) hours(hour)
    ), arriving AS (
      SELECT *, hour + CASE WHEN chance(driver_id, hour, 1, 0.005) THEN 2 + floor(u(driver_id, hour, 2) * 10)::BIGINT ELSE 0 END AS arrival, 0.0 AS correction
      FROM told
      UNION ALL
      SELECT *, hour + 12 + floor(u(driver_id, hour, 3) * 20)::BIGINT, 0.02 FROM told WHERE chance(driver_id, hour, 4, 0.004)
    ), arrived AS (
      SELECT *, unnest(range(CASE WHEN chance(driver_id, hour, 5, 0.003) THEN 2 ELSE 1 END)) AS copy
      FROM arriving WHERE arrival >= ${fromHour} AND arrival < ${toHour}
    )
    SELECT
      time_of(hour, 0)::TIMESTAMPTZ AS datetime,
      driver_id::BIGINT AS driver_id,
      null_if(chance(driver_id, hour, 6, 0.01), round(
        clamp(0.25 + 0.5 * u(driver_id, 0, 10) + 0.008 * rhythm(hour) + 0.03 * n(driver_id, hour, 11) + correction, 0.0, 1.0), 4)) AS conv_rate,
      null_if(chance(driver_id, hour, 7, 0.01), round(
        clamp(0.65 + 0.3 * u(driver_id, 0, 12) - ${sinking} + 0.02 * n(driver_id, hour, 13) - correction, 0.0, 1.0), 4)) AS acc_rate,
      null_if(chance(driver_id, hour, 8, 0.008), greatest(0, round(
        12 + 18 * u(driver_id, 0, 14) + 1.5 * n(driver_id, hour // 24, 15)))::BIGINT) AS avg_daily_trips,
      known(driver_id, arrival) AS created
    FROM arrived
    ORDER BY datetime, driver_id, created`;
  },
};
