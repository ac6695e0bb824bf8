import { describe, expect, it } from "vitest";
import { cronMistake } from "./cron.ts";

describe("a schedule", () => {
  it.each([
    "* * * * *",
    "0 * * * *",
    "*/5 0-6 1,15 jan-mar MON-FRI",
    "5 4 * * 7",
    "5/10 */24 1-31/31 */12 0/7",
    "0 0 1 1 0",
    "CRON_TZ=Europe/Amsterdam 0 6 * * *",
  ])("takes %s", (text) => {
    expect(cronMistake(text)).toBeNull();
  });
  it.each([
    "hourly",
    "* * * *",
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * * 13 *",
    "*/0 * * * *",
    "5-1 * * * *",
    "* * * * * *",
    "a * * * *",
    "1- * * * *",
    "CRON_TZ=Mars/Phobos 0 * * * *",
    "*/61 * * * *",
    "0 0/25 * * *",
    "0 0 * * */8",
    "0 0 * * 7/2",
  ])("refuses %s", (text) => {
    expect(cronMistake(text)).toMatch(/schedule/);
  });
});
