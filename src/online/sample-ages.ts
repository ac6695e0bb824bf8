import { isExpired } from "../domain/index.ts";
import type { Micros } from "../kit/index.ts";
import { packedRowAt } from "./packed-batch.ts";
import type { OnlineStore, RowSpace } from "./port.ts";
import { eventTimeOf } from "./row-layout.ts";

const BATCH_ROWS = 5_000;

export interface AgeSample {
  /** Rows looked at; `whole`: these are all there are. */
  readonly rows: number;
  readonly whole: boolean;
  readonly oldest: Micros;
  readonly median: Micros;
  readonly newest: Micros;
  /** Of the rows looked at, how many are older than the ttl now. */
  readonly expired: number;
}

export interface AgeQuestion {
  readonly space: RowSpace;
  readonly rowsMax: number;
  readonly ttlSeconds: number | null;
  readonly now: Micros;
}

/** Event times of the rows that a store holds, of the first `rowsMax` in its own order. Null when it holds none. Throws unavailable. */
export async function sampleAges(store: OnlineStore, { space, rowsMax, ttlSeconds, now }: AgeQuestion): Promise<AgeSample | null> {
  const times: Micros[] = [];
  let whole = true;
  for await (const batch of store.scan(space, BATCH_ROWS)) {
    const room = rowsMax - times.length;
    for (let index = 0; index < Math.min(batch.count, room); index += 1) times.push(eventTimeOf(packedRowAt(batch, index)));
    whole = batch.count <= room;
    if (!whole) break;
  }
  times.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const [oldest, median, newest] = [times[0], times[times.length >> 1], times.at(-1)];
  if (oldest === undefined || median === undefined || newest === undefined) return null;
  const expired = times.filter((event) => isExpired(event, ttlSeconds, now)).length;
  return { rows: times.length, whole, oldest, median, newest, expired };
}
