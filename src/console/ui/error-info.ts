import type { ErrorInfo } from "../../trpc/index.ts";

/** What to tell of any error that a query or a click ended in. */
export function errorInfoOf(error: unknown): ErrorInfo {
  const larder = property(property(error, "data"), "larder");
  if (isErrorInfo(larder)) return larder;
  return {
    code: "unavailable",
    message: "The console's server does not answer.",
    hint: "It may be restarting. What you see stays here; try again in a moment.",
    retryable: true,
  };
}

function property(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function isErrorInfo(value: unknown): value is ErrorInfo {
  return typeof property(value, "code") === "string" && typeof property(value, "message") === "string";
}
