import { fileSource } from "larder";

export const driverStatsFile = fileSource({
  name: "driver_stats",
  path: "data/driver_stats.csv", // relative to this file; globs, folders, .parquet and .jsonl work too
  timestampField: "event_timestamp", // when it happened
  createdTimestampColumn: "created", // when it became known
  description: "Hourly figures of each driver",
});
