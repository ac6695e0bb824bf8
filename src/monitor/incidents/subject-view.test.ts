import { expect, it } from "vitest";
import { viewOfSubject } from "./subject-view.ts";

it("finds the view of a subject, whether that is a view or one of its features", () => {
  expect([viewOfSubject("feature_view:driver_stats"), viewOfSubject("feature:driver_stats:acc_rate")]).toEqual(["driver_stats", "driver_stats"]);
});
