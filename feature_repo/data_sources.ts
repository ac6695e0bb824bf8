import { fileSource, json, kafkaSource, pushSource } from "larder";

/*
 * The files are generated (.feed/): `npm start` writes them, adds each hour as it comes, and says in LARDER_DEMO_DATA where they are.
 */

export const driverStatsFile = fileSource({
  name: "driver_stats",
  path: "${LARDER_DEMO_DATA}/driver_stats/*.parquet",
  timestampField: "datetime",
  createdTimestampColumn: "created",
  description: "What each driver did in the last hour; some rows come late, twice, or once more with corrected figures",
  owner: "fleet@example.com",
  tags: { cadence: "hourly" },
});

export const driverStatsKafka = kafkaSource({
  name: "driver_stats_stream",
  bootstrapServers: "${KAFKA_BROKERS}",
  topic: "drivers",
  timestampField: "datetime",
  createdTimestampColumn: "created",
  format: json({ driver_id: "int64", acc_rate: "float64", conv_rate: "float64", datetime: "timestamp", created: "timestamp" }),
  watermark: "5m",
  batchSource: driverStatsFile,
  description: "The same figures as they happen",
  owner: "streams@example.com",
  tags: { cadence: "streaming" },
});

export const driverFeedbackFile = fileSource({
  name: "driver_feedback",
  path: "${LARDER_DEMO_DATA}/driver_feedback/*.jsonl",
  timestampField: "event_timestamp",
  createdTimestampColumn: "created",
  description: "What riders said of a driver yesterday: ratings, badges, comments",
  owner: "fleet@example.com",
  tags: { cadence: "daily" },
});

/** Rows arrive by POST /push; what came before lies in files. */
export const driverIncidentsPush = pushSource({
  name: "driver_incidents",
  batchSource: fileSource({
    name: "driver_incidents_history",
    path: "${LARDER_DEMO_DATA}/driver_incidents/*.jsonl",
    timestampField: "event_timestamp",
    createdTimestampColumn: "created",
  }),
  description: "Incidents, pushed by the support desk",
  owner: "streams@example.com",
  tags: { cadence: "on event" },
});

export const riderActivityFile = fileSource({
  name: "rider_activity",
  path: "${LARDER_DEMO_DATA}/rider_activity/*.parquet",
  timestampField: "event_timestamp",
  createdTimestampColumn: "created",
  description: "Trips and spending of each rider, as of midnight",
  owner: "growth@example.com",
  tags: { cadence: "daily" },
});

export const riderProfileFile = fileSource({
  name: "rider_profile",
  path: "${LARDER_DEMO_DATA}/rider_profile/*.parquet",
  timestampField: "event_timestamp",
  createdTimestampColumn: "created",
  description: "Who a rider is, worked out anew every Monday",
  owner: "growth@example.com",
  tags: { cadence: "weekly", pii: "yes" },
});

export const vehicleTelemetryFile = fileSource({
  name: "vehicle_telemetry",
  path: "${LARDER_DEMO_DATA}/vehicle_telemetry/*.parquet",
  timestampField: "event_timestamp",
  createdTimestampColumn: "created",
  description: "What the cars report every four hours",
  owner: "fleet@example.com",
  tags: { cadence: "4-hourly" },
});

export const zoneWeatherFile = fileSource({
  name: "zone_weather",
  path: "${LARDER_DEMO_DATA}/zone_weather/*.csv",
  timestampField: "observed_at",
  description: "The weather of each zone, bought from a provider; its times have no zone and mean UTC",
  owner: "marketplace@example.com",
  tags: { cadence: "hourly", vendor: "yes" },
});

export const zoneDemandFile = fileSource({
  name: "zone_demand",
  path: "${LARDER_DEMO_DATA}/zone_demand/*.parquet",
  timestampField: "event_timestamp",
  createdTimestampColumn: "created",
  description: "Requests and drivers in each zone",
  owner: "marketplace@example.com",
  tags: { cadence: "hourly" },
});

export const cityCalendarFile = fileSource({
  name: "city_calendar",
  path: "${LARDER_DEMO_DATA}/city_calendar/*.csv",
  timestampField: "day",
  createdTimestampColumn: "created",
  description: "Holidays, events, school days and daylight of each city",
  owner: "marketplace@example.com",
  tags: { cadence: "daily" },
});
