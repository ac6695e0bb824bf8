import { isLarderError, LarderError } from "../../kit/index.ts";

// Result codes of SQLite; the low byte of an extended code.
const BUSY = 5;
const LOCKED = 6;
const IOERR = 10;
const FULL = 13;

const LASTING: Readonly<Record<number, readonly [says: string, hint: string]>> = {
  3: ["must not be opened", "Give this user the right to read and write it and its folder."],
  8: ["is read-only", "Give this user the right to write it and its folder."],
  11: ["is damaged", "Move it away and materialize again: it holds nothing that cannot be made anew from the offline store."],
  14: ["cannot be opened", "Check that its folder exists and that this user may write there."],
  26: ["is no SQLite database", "Set another path in online_store.connection_string of feature_store.yaml."],
};

/** Whether another process holds the lock, so that waiting helps. */
export function isBusy(error: unknown): boolean {
  const code = resultCode(error);
  return code === BUSY || code === LOCKED;
}

/** What SQLite or the file system throws as "unavailable" naming the file; anything else as it is. */
export function sqliteUnavailable(error: unknown, path: string): unknown {
  if (isLarderError(error) || !(error instanceof Error)) return error;
  const code = resultCode(error);
  const what = `The online store ${path}`;
  if (isBusy(error)) {
    return new LarderError("unavailable", `${what} is locked: another process has been writing to it all the time.`, { hint: "Try again.", cause: error });
  }
  if (code === FULL) return new LarderError("unavailable", `${what} cannot grow: the disk is full.`, { hint: "Make room on the disk.", cause: error });
  if (code === IOERR)
    return new LarderError("unavailable", `${what} cannot be read or written: ${error.message}.`, { hint: "Look at the disk.", cause: error });
  const lasting = code === null ? null : LASTING[code];
  if (lasting) return new LarderError("unavailable", `${what} ${lasting[0]}.`, { hint: lasting[1], retryable: false, cause: error });
  if (code === null && !("syscall" in error)) return error;
  return new LarderError("unavailable", `${what} cannot be used: ${error.message}.`, { retryable: false, cause: error });
}

function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return null;
  return error.errcode & 0xff;
}
