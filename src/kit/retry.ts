import { isLarderError } from "./errors.ts";

export interface RetryOptions {
  readonly signal?: AbortSignal;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly delayMsFirst?: number;
  readonly delayMsMax?: number;
  /** Called before each wait, with the error and the attempt that failed (from 1). */
  readonly onWait?: (error: unknown, attempt: number) => void | Promise<void>;
  /** Gives up once this many attempts failed; absent: never. */
  readonly attemptsMax?: number;
}

/** Runs `work` until it succeeds, waiting longer each time, as long as its error says that a retry may help. */
export async function retryWhileUnavailable<T>(work: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { delayMsFirst = 100, delayMsMax = 2_000, attemptsMax = Number.POSITIVE_INFINITY } = options;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      options.signal?.throwIfAborted();
      if (!isLarderError(error) || !error.retryable || attempt >= attemptsMax) throw error;
      await options.onWait?.(error, attempt);
      await options.sleep(Math.min(delayMsMax, delayMsFirst * 2 ** (attempt - 1)), options.signal);
    }
  }
}
