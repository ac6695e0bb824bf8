import type { Micros } from "../kit/index.ts";

/** A row is expired when it is older than the view's ttl at the moment of asking; exactly ttl old is not. No ttl: never. */
export function isExpired(event: Micros, ttlSeconds: number | null, now: Micros): boolean {
  return ttlSeconds !== null && ttlSeconds > 0 && event < now - BigInt(ttlSeconds) * 1_000_000n;
}

/** How far beyond now an event time may lie: rows further ahead would block all real ones and are rejected. */
export const FUTURE_SKEW_SECONDS_DEFAULT = 300;

export function isTooFarAhead(event: Micros, now: Micros, skewSeconds: number = FUTURE_SKEW_SECONDS_DEFAULT): boolean {
  return event > now + BigInt(skewSeconds) * 1_000_000n;
}
