import { isExpired } from "../../domain/index.ts";
import type { Micros } from "../../kit/index.ts";

/** How old the online rows of a view are, from the event times that were looked at. */
export interface Expiry {
  readonly looked: number;
  readonly expired: number;
  readonly newestEvent: Micros | null;
  readonly oldestEvent: Micros | null;
  readonly ages: readonly AgeBin[];
}

/** Rows older than the bin before, up to this age; the last bin has no bound. */
export interface AgeBin {
  readonly upToSeconds: number | null;
  readonly keys: number;
}

const [MINUTE, HOUR, DAY] = [60, 3_600, 86_400];
const PLAIN_BOUNDS = [5 * MINUTE, HOUR, 6 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY, 90 * DAY];
const TTL_SHARES = [1 / 8, 1 / 4, 3 / 8, 1 / 2, 5 / 8, 3 / 4, 7 / 8, 1, 3 / 2, 2];

/** Bins are eighths of the ttl, so that one edge is the ttl itself; without a ttl they are spans that people know. */
export function expiryOf(events: BigInt64Array, ttlSeconds: number | null, now: Micros): Expiry {
  const bounds = ttlSeconds ? TTL_SHARES.map((share) => ttlSeconds * share) : PLAIN_BOUNDS;
  const edges = bounds.map((seconds) => now - BigInt(Math.round(seconds * 1e6)));
  const counts = new Array<number>(bounds.length + 1).fill(0);
  let [expired, newest, oldest]: [number, Micros | null, Micros | null] = [0, null, null];
  for (const event of events) {
    if (isExpired(event, ttlSeconds, now)) expired += 1;
    if (newest === null || event > newest) newest = event;
    if (oldest === null || event < oldest) oldest = event;
    // An age of exactly the bound belongs to its bin, as a row of exactly the ttl is not expired.
    const bin = edges.findIndex((edge) => event >= edge);
    const at = bin === -1 ? bounds.length : bin;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  const ages = counts.map((keys, index) => ({ upToSeconds: bounds[index] ?? null, keys }));
  return { looked: events.length, expired, newestEvent: newest, oldestEvent: oldest, ages };
}

/** When every row of now will be expired, unless new ones come; null: never, or there are none. In the past: it is so already. */
export function whollyExpiredAt({ newestEvent, ttlSeconds }: { readonly newestEvent: Micros | null; readonly ttlSeconds: number | null }): Micros | null {
  return newestEvent === null || !ttlSeconds ? null : newestEvent + BigInt(ttlSeconds) * 1_000_000n;
}
