import { dueHours, type FeedSource } from "../feed-source.ts";
import { words } from "../noise.ts";

/** What vehicles report every four hours: the feed that stopped. */
export const vehicleTelemetry: FeedSource = {
  name: "vehicle_telemetry",
  ending: "parquet",
  everyHours: 4,
  stops: true,
  rows: (range) => `
    SELECT printf('V-%04d', vehicle) AS vehicle_id, time_of(hour, 0)::TIMESTAMPTZ AS event_timestamp, known(vehicle, hour) AS created,
      (3000000 + 200000000 * u(vehicle, 0, 1) + (hour - 480000) * (400 + 900 * u(vehicle, 0, 2)))::BIGINT AS odometer_m,
      null_if(chance(vehicle, hour, 3, 0.02), round(clamp(0.6 + 0.3 * sin(hour / 5.0 + vehicle) + 0.05 * n(vehicle, hour, 4), 0.02, 1.0), 3)) AS battery_level,
      list_transform(range(4), lambda i: round(2.4 + 0.1 * n(vehicle, hour // 24, 10 + i), 2)::FLOAT) AS tire_pressures,
      sample_of(vehicle, hour // 24, 20, ${words("P0420", "B1318", "C0035", "U0100")}, 0.03) AS fault_codes,
      (1000 + 9000 * u(vehicle, 0, 5) + (hour - 480000) // 30)::INTEGER AS engine_hours,
      round(clamp(75 + 20 * n(vehicle, hour, 6), 0.0, 160.0), 1) AS speed_max,
      time_of((hour // 2160) * 2160, floor(u(vehicle, hour // 2160, 7) * 86400)) AS last_service_at,
      chance(vehicle, 0, 8, 0.45) AS is_electric,
      pick(vehicle, 0, 9, ${words("Corolla", "Octavia", "Model 3", "Leaf", "Prius")}) AS model,
      unhex(printf('%04x', 4096 + floor(3 * u(vehicle, hour // 720, 30))::BIGINT)) AS firmware
    FROM range(1, 801) numbers(vehicle), ${dueHours({ everyHours: 4 }, range)}
    ORDER BY event_timestamp, vehicle_id`,
};
