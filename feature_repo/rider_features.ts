import { featureView } from "larder";
import { riderActivityFile, riderProfileFile } from "./data_sources.ts";
import { rider } from "./entities.ts";

export const riderActivity = featureView({
  name: "rider_activity",
  description: "How often and how a rider rides",
  entities: [rider],
  ttl: "30d",
  schema: {
    trips_7d: { type: "int32", description: "Trips in the last 7 days" },
    trips_30d: { type: "int32", description: "Trips in the last 30 days" },
    cancel_rate: { type: "float32", description: "Share of bookings that the rider cancelled", expect: { min: 0, max: 1 } },
    avg_rating_given: { type: "float32", description: "Mean rating given to drivers; null without a trip" },
    favourite_city: "string",
    last_trip_at: "timestamp",
    active_hours: { type: "int32[]", description: "Hours of the day in which the rider tends to book" },
  },
  source: riderActivityFile,
  online: true,
  owner: "growth@example.com",
  team: "growth",
  tags: { tier: "gold", domain: "demand" },
  schedule: "20 0 * * *",
});

/** The same source as rider_activity, in other hands. */
export const riderSpend = featureView({
  name: "rider_spend",
  description: "What a rider spends and how",
  entities: [rider],
  ttl: "60d",
  schema: {
    spend_cents_30d: { type: "int32", description: "Spent in the last 30 days, in cent; the source's BIGINT is checked against int32" },
    tip_rate: { type: "float32", description: "Tips as a share of fares" },
    payment_method: "string",
    is_business: { type: "bool", description: "Books on a company's account" },
    promotions: { type: "string[]", column: "promo_codes", description: "Codes that can be redeemed" },
    wallet_cents: { type: "int64", description: "Balance of the wallet, in cent" },
  },
  source: riderActivityFile,
  online: true,
  owner: "growth@example.com",
  team: "growth",
  tags: { tier: "gold", domain: "payments", pii: "yes" },
  schedule: "25 0 * * *",
});

export const riderProfile = featureView({
  name: "rider_profile",
  description: "Who a rider is: segments, an embedding, the device",
  entities: [rider],
  schema: {
    home_city: "string",
    signup_at: { type: "unix_timestamp", description: "When the account was opened" },
    segments: { type: "string[]", description: "Segments of the last clustering" },
    embedding: { type: "float32[]", description: "16 numbers; near is alike" },
    device_fingerprint: { type: "bytes", description: "Hash of the device last used", tags: { pii: "yes" } },
    language: "string",
    marketing_opt_in: "bool",
  },
  source: riderProfileFile,
  online: true,
  owner: "growth@example.com",
  team: "growth",
  tags: { tier: "silver", domain: "demand", pii: "yes" },
  schedule: "30 0 * * 1",
  freshness: "9d",
});
