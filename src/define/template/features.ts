import { featureView } from "larder";
import { driverStatsFile } from "./data_sources.ts";
import { driver } from "./entities.ts";

export const driverStats = featureView({
  name: "driver_stats",
  description: "How a driver has been doing",
  entities: [driver],
  ttl: "30d", // how long a row answers after its event time
  schema: {
    conv_rate: { type: "float32", description: "Share of offers that became trips" },
    acc_rate: { type: "float32", description: "Share of offers that were accepted" },
    avg_daily_trips: "int32",
  },
  source: driverStatsFile,
  online: true,
  tags: { tier: "gold" },
  schedule: "0 * * * *", // materialize every hour; left out: by hand
});
