import { formatTimestamp, type Micros } from "../kit/index.ts";

const HOUR: Micros = 3_600_000_000n;
const DRIVERS = 10;
const HOURS = 48;

/** CSV of ten drivers over the 48 hours before `now`, one row an hour; the same for the same hour. */
export function sampleStats(now: Micros): string {
  const last = now - (now % HOUR);
  const rows = ["event_timestamp,driver_id,conv_rate,acc_rate,avg_daily_trips,created"];
  for (let back = HOURS - 1; back >= 0; back -= 1) {
    const event = last - BigInt(back) * HOUR;
    for (let driver = 1001; driver <= 1000 + DRIVERS; driver += 1) {
      const wave = Math.sin(driver * 12.9898 + back / 5);
      const share = (base: number, by: number) => (base + by * wave).toFixed(4);
      rows.push(
        [formatTimestamp(event), driver, share(0.45, 0.2), share(0.7, 0.15), 20 + Math.round(8 * wave), formatTimestamp(event + 120_000_000n)].join(","),
      );
    }
  }
  return `${rows.join("\n")}\n`;
}
