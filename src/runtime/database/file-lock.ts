import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { LarderError } from "../../kit/index.ts";

/**
 * Locks between processes, as SQLite takes them on a file: the kernel holds them, so that they end with their process,
 * however it dies, and no process id is ever compared. Nothing is written to the file.
 */
export interface FileLock {
  release(): void;
}

const SQLITE_BUSY = 5;

function tryLock(path: string, statement: string): FileLock | null {
  mkdirSync(dirname(path), { recursive: true });
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec(statement);
    return { release: () => file.close() };
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return null;
    throw error;
  }
}

/** The lock for one holder, or null while anyone, shared or not, holds it. */
export function tryLockExclusive(path: string): FileLock | null {
  return tryLock(path, "BEGIN EXCLUSIVE");
}

/** The lock for many holders at once, or null while an exclusive one is held. */
export function tryLockShared(path: string): FileLock | null {
  return tryLock(path, "BEGIN; SELECT 1 FROM sqlite_master");
}

/** Runs `work` while no other process runs under the same path. Throws timeout when the others do not finish in time. */
export async function underFileLock<T>(path: string, work: () => Promise<T>, timeoutMs = 60_000): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs;
  let lock = tryLockExclusive(path);
  while (lock === null) {
    if (Date.now() > giveUpAt) {
      throw new LarderError("timeout", `Another process has been starting or stopping the same thing for ${timeoutMs / 1000} s (${path}).`, {
        retryable: true,
      });
    }
    await sleep(20);
    lock = tryLockExclusive(path);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
