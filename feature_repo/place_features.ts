import { featureView, sql } from "larder";
import { cityCalendarFile, zoneDemandFile, zoneWeatherFile } from "./data_sources.ts";
import { city, zone } from "./entities.ts";

export const zoneWeather = featureView({
  name: "zone_weather",
  description: "The weather of a zone",
  entities: [zone],
  ttl: "6h",
  schema: {
    temperature: { type: "float64", description: "In °C" },
    feels_like: { type: "float64", description: "In °C, with wind and damp" },
    condition: { type: "string", description: "The sky in a word", expect: { allowed: ["clear", "clouds", "drizzle", "rain"] } },
    wind_speed: { type: "float32", description: "In m/s" },
    humidity: { type: "int32", description: "In percent", expect: { min: 0, max: 100 } },
    precipitation: { type: "float32", description: "In mm an hour" },
    is_raining: "bool",
  },
  source: zoneWeatherFile,
  online: true,
  owner: "marketplace@example.com",
  team: "marketplace",
  tags: { tier: "silver", domain: "geo", vendor: "yes" },
  schedule: "10 * * * *",
  freshness: "3h",
});

export const zoneDemand = featureView({
  name: "zone_demand",
  description: "Requests and drivers in a zone, hour by hour",
  entities: [zone],
  ttl: "1d",
  schema: {
    requests: "int32",
    completed: { type: "int32", description: "Requests that became trips" },
    active_drivers: "int32",
    surge: { type: "float32", description: "Factor on the fare, 1 to 4", expect: { min: 1, max: 4 } },
    wait_seconds: { type: "float32", description: "From the request to the car at the door" },
    cancel_rate: { type: "float32", description: "Share of requests cancelled while waiting" },
    is_surging: "bool",
    top_destinations: { type: "int32[]", description: "Cells that most trips go to" },
  },
  source: zoneDemandFile,
  online: true,
  owner: "marketplace@example.com",
  team: "marketplace",
  tags: { tier: "gold", domain: "geo" },
  schedule: "10 * * * *",
  freshness: "3h",
});

export const zonePressure = featureView({
  name: "zone_pressure",
  description: "How short of drivers a zone is",
  entities: [zone],
  ttl: "6h",
  schema: {
    requests_per_driver: "float64",
    unmet: { type: "int32", description: "Requests that became no trip" },
    level: { type: "string", description: "calm, busy or short", expect: { allowed: ["calm", "busy", "short"] } },
  },
  source: zoneDemandFile,
  transform: sql`
    select city, cell, event_timestamp, created,
      requests / active_drivers as requests_per_driver,
      requests - completed as unmet,
      case when requests / active_drivers > 3.6 then 'short' when requests / active_drivers > 2.4 then 'busy' else 'calm' end as level
    from input`,
  online: true,
  owner: "marketplace@example.com",
  team: "marketplace",
  tags: { tier: "bronze", domain: "geo" },
  schedule: "15 * * * *",
  freshness: "3h",
});

export const cityCalendar = featureView({
  name: "city_calendar",
  description: "What kind of day it is in a city",
  entities: [city],
  ttl: "2d",
  schema: {
    is_holiday: "bool",
    event_name: { type: "string", description: "The day's large event; mostly none" },
    expected_visitors: "int64",
    is_school_day: "bool",
    sunrise: "timestamp",
    sunset: "timestamp",
    daylight_hours: "float32",
  },
  source: cityCalendarFile,
  online: true,
  owner: "marketplace@example.com",
  team: "marketplace",
  tags: { tier: "bronze", domain: "geo" },
  schedule: "30 0 * * *",
});
