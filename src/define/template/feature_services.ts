import { featureService } from "larder";
import { driverStats } from "./features.ts";

/** The features that one model reads. */
export const driverActivity = featureService({
  name: "driver_activity",
  features: [driverStats.pick("conv_rate", "avg_daily_trips")],
});
