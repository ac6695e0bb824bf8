import type { FeedSource } from "../feed-source.ts";
import { cityCalendar } from "./city-calendar.ts";
import { driverFeedback } from "./driver-feedback.ts";
import { driverIncidents } from "./driver-incidents.ts";
import { driverStats } from "./driver-stats.ts";
import { riderActivity } from "./rider-activity.ts";
import { riderProfile } from "./rider-profile.ts";
import { vehicleTelemetry } from "./vehicle-telemetry.ts";
import { zoneDemand } from "./zone-demand.ts";
import { zoneWeather } from "./zone-weather.ts";

/** In the order in which they are written: small ones first, so that all sources soon have something. */
export const SOURCES: readonly FeedSource[] = [
  cityCalendar,
  riderProfile,
  driverIncidents,
  driverFeedback,
  vehicleTelemetry,
  zoneDemand,
  zoneWeather,
  riderActivity,
  driverStats,
];
