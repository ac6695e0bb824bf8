import type { Redis } from "ioredis";
import type { OnlineStore, PackedBatch, ReadRequest, WriteCounts } from "../port.ts";
import { CommandWriter, send, sendTogether } from "./redis-command.ts";
import { connectRedis, type RedisOptions } from "./redis-connection.ts";
import { forgetWrites, newLedger, noteWrite, readEpoch, type WriteLedger } from "./redis-epoch.ts";
import { type RowKeys, rememberedRowKeys, rowKeys } from "./redis-keys.ts";
import { chunkEnd, type NewestWinsAnswer, newestWinsCommand } from "./redis-newest-wins.ts";
import { countSpace, dropSpace, scanSpace, timesOfSpace } from "./redis-space.ts";

const SCRIPTS_IN_FLIGHT = 8;
const KEYS_PER_READ = 5_000;

/**
 * The online store on Redis 6 or later, or Valkey: a key per packed row. A scan may bring a row twice while Redis grows its table.
 * Counts are kept by the writers, so rows that Redis evicted by itself are still counted.
 */
export function redisOnlineStore(options: RedisOptions): OnlineStore {
  const connection = connectRedis(options);
  const ledger = newLedger();
  return {
    type: "redis",
    place: connection.place,
    writeNewest: (space, batch) => connection.use((redis) => writeNewest(redis, { space: rowKeys(space), ledger }, batch)),
    read: (requests) => connection.use((redis) => read(redis, requests)),
    scan: (space, batchRows) => scanSpace(connection, rowKeys(space), batchRows),
    count: (space) => countSpace(connection, rowKeys(space)),
    readsTimesCheaply: false,
    eventTimes: (space, rowsMax) => timesOfSpace(connection, rowKeys(space), rowsMax),
    async drop(spaces) {
      let removed = 0;
      for (const space of spaces.map(rowKeys)) {
        removed += await dropSpace(connection, space);
        forgetWrites(ledger, space.hash);
      }
      return removed;
    },
    epoch: (project) => connection.use((redis) => readEpoch(redis, project, ledger)),
    ping: () => connection.use(async (redis) => void (await redis.ping())),
    dispose: connection.dispose,
  };
}

async function writeNewest(redis: Redis, { space, ledger }: { space: RowKeys; ledger: WriteLedger }, batch: PackedBatch): Promise<WriteCounts> {
  const counts = { written: 0, created: 0, unchanged: 0, skippedOlder: 0 };
  const flying: Promise<NewestWinsAnswer>[] = [];
  const land = async () => {
    const answer = await flying.shift();
    if (answer === undefined) return;
    const [written, created, unchanged, older, write] = answer;
    counts.written += written;
    counts.created += created;
    counts.unchanged += unchanged;
    counts.skippedOlder += older;
    noteWrite(ledger, space.hash, write);
  };
  for (let from = 0, to = 0; from < batch.count; from = to) {
    to = chunkEnd(batch, from);
    if (flying.length === SCRIPTS_IN_FLIGHT) await land();
    const answer = send<NewestWinsAnswer>(redis, newestWinsCommand(batch, { from, to }, space));
    answer.catch(() => undefined); // when one fails, those behind it fail unheard
    flying.push(answer);
  }
  while (flying.length > 0) await land();
  return counts;
}

/** One command for all of them where they are few, else several that are answered in turn. */
async function read(redis: Redis, requests: readonly ReadRequest[]): Promise<(Uint8Array | null)[][]> {
  const wanted = requests.map(({ space, keys }) => ({ space: rememberedRowKeys(space), keys }));
  const total = wanted.reduce((sum, { keys }) => sum + keys.length, 0);
  if (total <= KEYS_PER_READ) return apart(await readSome(redis, wanted), wanted);
  return Promise.all(
    wanted.map(async ({ space, keys }) => {
      const parts: Promise<(Buffer | null)[]>[] = [];
      for (let from = 0; from < keys.length; from += KEYS_PER_READ) parts.push(readSome(redis, [{ space, keys: keys.slice(from, from + KEYS_PER_READ) }]));
      return (await Promise.all(parts)).flat();
    }),
  );
}

interface Wanted {
  readonly space: RowKeys;
  readonly keys: readonly Uint8Array[];
}

function apart(rows: readonly (Buffer | null)[], wanted: readonly Wanted[]): (Buffer | null)[][] {
  let from = 0;
  return wanted.map(({ keys }) => {
    const found = rows.slice(from, from + keys.length);
    from += keys.length;
    return found;
  });
}

function readSome(redis: Redis, wanted: readonly Wanted[]): Promise<(Buffer | null)[]> {
  let bytes = 0;
  let count = 0;
  for (const { space, keys } of wanted) {
    count += keys.length;
    bytes += keys.length * (space.prefix.length + space.suffix.length);
    for (const key of keys) bytes += key.length;
  }
  if (count === 0) return Promise.resolve([]);
  const writer = new CommandWriter("mget", count, bytes);
  for (const { space, keys } of wanted) for (const key of keys) writer.slice(key, { start: 0, end: key.length }, space);
  return sendTogether(redis, writer.finish());
}
