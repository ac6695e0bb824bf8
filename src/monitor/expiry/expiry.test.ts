import { expect, test } from "vitest";
import { expiryOf, whollyExpiredAt } from "./expiry.ts";

const NOW = 1_000_000_000_000_000n;
const aged = (...seconds: number[]) => BigInt64Array.from(seconds, (age) => NOW - BigInt(age) * 1_000_000n);

test("a row of exactly the ttl counts as the read counts it: not expired, and in the bin up to the ttl", () => {
  const { looked, expired, ages } = expiryOf(aged(0, 800, 801, 5_000), 800, NOW);
  expect([looked, expired]).toEqual([4, 2]);
  expect(ages.filter(({ keys }) => keys > 0)).toEqual([
    { upToSeconds: 100, keys: 1 },
    { upToSeconds: 800, keys: 1 },
    { upToSeconds: 1_200, keys: 1 },
    { upToSeconds: null, keys: 1 },
  ]);
});

test("every row is in one bin, also from the future and without a ttl", () => {
  const events = aged(-10, 1, 300, 301, 100 * 86_400);
  for (const ttl of [null, 0, 60]) expect(expiryOf(events, ttl, NOW).ages.reduce((sum, { keys }) => sum + keys, 0)).toBe(5);
  expect(expiryOf(events, null, NOW).expired).toBe(0);
  expect(expiryOf(events, 0, NOW).expired).toBe(0);
});

test("all is expired when the newest row is", () => {
  const { newestEvent } = expiryOf(aged(100, 200), 800, NOW);
  expect(whollyExpiredAt({ newestEvent, ttlSeconds: 800 })).toBe(NOW + 700_000_000n);
  expect(whollyExpiredAt({ newestEvent, ttlSeconds: null })).toBeNull();
  expect(whollyExpiredAt({ newestEvent: null, ttlSeconds: 800 })).toBeNull();
});
