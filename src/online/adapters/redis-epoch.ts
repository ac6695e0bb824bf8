import { randomBytes } from "node:crypto";
import type { Redis } from "ioredis";
import { epochKey, spaceHashPrefix } from "./redis-keys.ts";

/** The number of the last write to each space that this process saw, by the key of the space's hash. */
export interface WriteLedger {
  readonly last: Map<string, number>;
  readonly lost: Set<string>;
}

export function newLedger(): WriteLedger {
  return { last: new Map(), lost: new Set() };
}

/**
 * The server numbers the writes to a space. A number that is not above the last one tells that writes between are gone: Redis came
 * back from a crash without them, but with its epoch.
 */
export function noteWrite({ last, lost }: WriteLedger, hash: string, write: number): void {
  if (write <= (last.get(hash) ?? 0)) lost.add(hash);
  last.set(hash, write);
}

export function forgetWrites({ last, lost }: WriteLedger, hash: string): void {
  last.delete(hash);
  lost.delete(hash);
}

/** The project's epoch: made when there is none, and made anew when writes that this process did are lost. */
export async function readEpoch(redis: Redis, project: string, ledger: WriteLedger): Promise<{ readonly epoch: string; readonly isNew: boolean }> {
  const key = epochKey(project);
  const word = randomBytes(12).toString("hex");
  const written = [...ledger.last.keys()].filter((hash) => hash.startsWith(spaceHashPrefix(project)));
  if (await hasLostWrites(redis, written, ledger)) {
    await redis.set(key, word);
    for (const hash of written) forgetWrites(ledger, hash);
    return { epoch: word, isNew: true };
  }
  const made = await redis.set(key, word, "NX");
  // A flush took epoch and rows together: numbers that begin anew under the new epoch are no second loss.
  if (made === "OK") for (const hash of written) forgetWrites(ledger, hash);
  const epoch = made === "OK" ? word : await redis.get(key);
  return epoch === null ? readEpoch(redis, project, ledger) : { epoch, isNew: made === "OK" }; // null: flushed between the two
}

async function hasLostWrites(redis: Redis, hashes: readonly string[], { last, lost }: WriteLedger): Promise<boolean> {
  if (hashes.some((hash) => lost.has(hash))) return true;
  const seen = hashes.map((hash) => last.get(hash) ?? 0); // now: writes go on while Redis answers
  const stands = await Promise.all(hashes.map((hash) => redis.hget(hash, "writes")));
  // a hash that is gone was dropped, or flushed together with the epoch
  return stands.some((writes, index) => writes !== null && Number(writes) < (seen[index] ?? 0));
}
