/**
 * One error class with a closed set of codes. The message says what to do, `hint` adds the next step,
 * `retryable` tells callers and the worker whether trying again may help.
 */
export const ERROR_CODES = [
  "invalid_argument", // the caller sent something wrong
  "invalid_definition", // a feature repo does not load or does not hold together
  "not_found",
  "conflict", // someone else changed it first
  "already_exists",
  "failed_precondition", // right request, wrong moment
  "not_built", // accepted in a definition, not offered by this release
  "permission_denied",
  "unauthenticated",
  "unavailable", // a server that Larder needs is down
  "cancelled",
  "timeout",
  "internal",
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export interface LarderErrorOptions {
  readonly hint?: string;
  readonly retryable?: boolean;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

const BRAND = Symbol.for("larder.error");

export class LarderError extends Error {
  /** A bundler may load this module twice into one process: the brand, not the class object, says what is ours. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  static {
    Object.defineProperty(LarderError.prototype, BRAND, { value: true });
  }

  override readonly name = "LarderError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: LarderErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.retryable = options.retryable ?? code === "unavailable";
    this.details = options.details;
  }
}

export function isLarderError(error: unknown, code?: ErrorCode): error is LarderError {
  return error instanceof LarderError && (code === undefined || error.code === code);
}

/** Any thrown value as a LarderError; what is not ours becomes `internal` and keeps its cause for the log, never for the caller. */
export function toLarderError(error: unknown): LarderError {
  if (error instanceof LarderError) return error;
  return new LarderError("internal", "Something went wrong inside Larder; the log of this process has the details.", { cause: error });
}

/** A failure as logs tell it: its kind, and the words that it was thrown with. */
export function loggedError(error: unknown): { readonly code: ErrorCode; readonly error: string } {
  const { code, message } = toLarderError(error);
  return { code, error: error instanceof Error ? error.message : message };
}
