import { featureView, sql, streamFeatureView } from "larder";
import { driverFeedbackFile, driverIncidentsPush, driverStatsFile, driverStatsKafka, vehicleTelemetryFile } from "./data_sources.ts";
import { driver, vehicle } from "./entities.ts";

/* Features of drivers and their cars; those of riders and places have files of their own. */

export const driverStats = featureView({
  name: "driver_stats",
  description: "How a driver has been doing, hour by hour",
  entities: [driver],
  ttl: "7d",
  schema: {
    conv_rate: { type: "float32", description: "Share of offers that became trips", tags: { pii: "no" }, expect: { min: 0, max: 1, onFailure: "block" } },
    acc_rate: {
      type: "float32",
      description: "Share of offers that were accepted; of the drivers hired last it has been sinking",
      tags: { pii: "no" },
      expect: { min: 0, max: 1, onFailure: "block" },
    },
    avg_daily_trips: { type: "int32", description: "Trips a day, on average", expect: { min: 0, max: 200 } },
  },
  source: driverStatsFile,
  online: true,
  owner: "fleet@example.com",
  team: "fleet",
  tags: { tier: "gold", domain: "supply" },
  schedule: "10 * * * *",
  freshness: "3h",
});

export const driverStatsStream = streamFeatureView({
  name: "driver_stats_stream",
  description: "The rates of driver_stats in percent, as they happen",
  entities: [driver],
  ttl: "1d",
  schema: {
    conv_rate: { type: "float32", description: "Offers that became trips, in percent" },
    acc_rate: { type: "float32", description: "Offers that were accepted, in percent" },
  },
  source: driverStatsKafka,
  transform: sql`
    select driver_id, datetime, created, conv_rate * 100.0 as conv_rate, acc_rate * 100.0 as acc_rate
    from input`,
  online: true,
  owner: "streams@example.com",
  team: "fleet",
  tags: { tier: "gold", domain: "supply", serving: "real-time" },
});

export const driverReliability = featureView({
  name: "driver_reliability",
  description: "One figure for how much a driver can be counted on, and the band it falls into",
  entities: [driver],
  ttl: "2d",
  schema: {
    reliability: { type: "float64", description: "Acceptance times conversion, 0 to 1", expect: { min: 0, max: 1, nullRateMax: 0 } },
    band: { type: "string", description: "low, fair or high", expect: { allowed: ["low", "fair", "high"] } },
    is_busy: { type: "bool", description: "More than 24 trips a day" },
  },
  source: driverStatsFile,
  transform: sql`
    select driver_id, datetime, created,
      acc_rate * conv_rate as reliability,
      case when acc_rate * conv_rate >= 0.45 then 'high' when acc_rate * conv_rate >= 0.25 then 'fair' else 'low' end as band,
      avg_daily_trips > 24 as is_busy
    from input
    where acc_rate is not null and conv_rate is not null`,
  online: true,
  owner: "fleet@example.com",
  team: "fleet",
  tags: { tier: "silver", domain: "supply" },
  schedule: "15 * * * *",
  freshness: "3h",
});

export const driverFeedback = featureView({
  name: "driver_feedback",
  description: "What riders said of a driver, day by day",
  entities: [driver],
  ttl: "14d",
  schema: {
    rating_avg: { type: "float32", description: "Mean of the day's ratings, 1 to 5" },
    rating_count: { type: "int32", description: "How many riders rated" },
    ratings: { type: "int32[]", description: "Each rating, 1 to 5" },
    compliments: "int32",
    complaints: "int32",
    badges: { type: "string[]", description: "Badges held this month" },
    last_comment: { type: "string", description: "A rider's own words", tags: { pii: "free text" } },
    needs_review: { type: "bool", description: "The mean fell below 3.2" },
  },
  source: driverFeedbackFile,
  online: true,
  owner: "fleet@example.com",
  team: "fleet",
  tags: { tier: "silver", domain: "supply" },
  schedule: "20 0 * * *",
});

export const driverIncidents = featureView({
  name: "driver_incidents",
  description: "The last incident of a driver",
  entities: [driver],
  ttl: "90d",
  schema: {
    kind: "string",
    severity: { type: "int32", description: "1 (a scratch) to 5" },
    tags: { type: "string[]", description: "Circumstances" },
    cost: { type: "float64", description: "In euro; null until it is known" },
    is_resolved: "bool",
  },
  source: driverIncidentsPush,
  online: true,
  owner: "streams@example.com",
  team: "fleet",
  tags: { tier: "bronze", domain: "safety" },
});

export const vehicleTelemetry = featureView({
  name: "vehicle_telemetry",
  description: "The state of a car, as it last reported it",
  entities: [vehicle],
  ttl: "2d",
  schema: {
    odometer_m: { type: "int64", description: "Metres driven in all" },
    battery_level: { type: "float32", description: "0 to 1", expect: { min: 0, max: 1 } },
    tire_pressures: { type: "float32[]", description: "In bar: front left, front right, rear left, rear right" },
    fault_codes: { type: "string[]", description: "Faults that the car reports; empty is good" },
    engine_hours: "int32",
    speed_max: { type: "float32", description: "Since the last report, in km/h" },
    last_service_at: "timestamp",
    is_electric: "bool",
    model: "string",
    firmware: { type: "bytes", description: "Version of the box in the car" },
  },
  source: vehicleTelemetryFile,
  online: true,
  owner: "fleet@example.com",
  team: "fleet",
  tags: { tier: "silver", domain: "safety" },
  schedule: "20 */4 * * *",
  freshness: "8h",
});
