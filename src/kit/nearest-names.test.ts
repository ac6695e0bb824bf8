import { expect, test } from "vitest";
import { didYouMean, nearestNames } from "./nearest-names.ts";

const NAMES = ["driver_stats", "driver_stats_stream", "zone_weather", "order_totals"];

test.each([
  ["driver_stat", ["driver_stats", "driver_stats_stream"]],
  ["Driver_Stats", ["driver_stats", "driver_stats_stream"]],
  ["drvier_stats", ["driver_stats"]],
  ["weather", ["zone_weather"]],
  ["zone_waether", ["zone_weather"]],
  ["odrer_totlas", ["order_totals"]],
  ["nothing_like_it", []],
  ["", []],
])("near %s stand %j", (name, expected) => {
  expect(nearestNames(name, NAMES)).toEqual(expected);
});

test("without a near name the hint says what else to do", () => {
  expect(didYouMean("order_total", NAMES, "List them.")).toBe("Did you mean order_totals?");
  expect(didYouMean("x", NAMES, "List them.")).toBe("List them.");
});

test("two neighbours that changed places are one slip", () => {
  expect(nearestNames("rian", ["rain", "brine"])).toEqual(["rain"]);
  expect(nearestNames("arin", ["nira"])).toEqual([]);
});
