import { featureService } from "larder";
import { driverFeedback, driverIncidents, driverReliability, driverStats, driverStatsStream, vehicleTelemetry } from "./features.ts";
import { cityCalendar, zoneDemand, zonePressure, zoneWeather } from "./place_features.ts";
import { riderActivity, riderProfile, riderSpend } from "./rider_features.ts";

export const driverActivity = featureService({
  name: "driver_activity",
  features: [driverStats, driverStatsStream.as("live")], // live__conv_rate, live__acc_rate
  description: "What a driver has been doing: the first model, and still the simplest",
  owner: "dispatch@example.com",
  tags: { model: "driver_activity_v1" },
});

export const dispatchRanking = featureService({
  name: "dispatch_ranking",
  features: [
    driverStats.pick("acc_rate", "avg_daily_trips"),
    driverReliability,
    driverFeedback.pick("rating_avg", "needs_review"),
    driverIncidents.pick("severity", "is_resolved"),
    vehicleTelemetry.pick("battery_level", "fault_codes"),
  ],
  description: "Which driver to offer a trip to first",
  owner: "dispatch@example.com",
  tags: { model: "dispatch_v7", tier: "gold" },
});

/** One view in two roles: the weather where the trip begins and where it ends. */
export const etaPrediction = featureService({
  name: "eta_prediction",
  features: [
    zoneWeather.pick("temperature", "is_raining").as("pickup", { city: "pickup_city", cell: "pickup_cell" }),
    zoneWeather.pick("is_raining").as("dropoff", { city: "dropoff_city", cell: "dropoff_cell" }),
    zoneDemand.pick("wait_seconds", "active_drivers").as("pickup_demand", { city: "pickup_city", cell: "pickup_cell" }),
  ],
  description: "How long a trip will take",
  owner: "dispatch@example.com",
  tags: { model: "eta_v3" },
});

export const riderChurn = featureService({
  name: "rider_churn",
  features: [riderActivity, riderSpend.pick("spend_cents_30d", "tip_rate", "is_business"), riderProfile.pick("segments", "signup_at", "embedding")],
  description: "Who is about to leave us",
  owner: "growth@example.com",
  tags: { model: "churn_v2" },
});

export const surgePricing = featureService({
  name: "surge_pricing",
  features: [zoneDemand, zonePressure, zoneWeather.pick("condition", "precipitation"), cityCalendar.pick("is_holiday", "expected_visitors")],
  description: "By how much to raise fares, and where",
  owner: "marketplace@example.com",
  tags: { model: "surge_v5", tier: "gold" },
});
