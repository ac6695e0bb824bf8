import { TRPCError } from "@trpc/server";
import { type ErrorCode, toLarderError } from "../kit/index.ts";

/** What a browser learns of an error: never a stack, never text of a driver. */
export interface ErrorInfo {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint: string | null;
  readonly retryable: boolean;
}

const TRPC_CODES = {
  invalid_argument: "BAD_REQUEST",
  invalid_definition: "BAD_REQUEST",
  not_found: "NOT_FOUND",
  conflict: "CONFLICT",
  already_exists: "CONFLICT",
  failed_precondition: "PRECONDITION_FAILED",
  not_built: "UNPROCESSABLE_CONTENT",
  permission_denied: "FORBIDDEN",
  unauthenticated: "UNAUTHORIZED",
  unavailable: "SERVICE_UNAVAILABLE",
  cancelled: "CLIENT_CLOSED_REQUEST",
  timeout: "GATEWAY_TIMEOUT",
  internal: "INTERNAL_SERVER_ERROR",
} as const satisfies Record<ErrorCode, TRPCError["code"]>;

/** Whatever a procedure threw, as tRPC's error with the LarderError as its cause. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError && (error.cause === undefined || isZodError(error.cause))) return error;
  const cause = toLarderError(error instanceof TRPCError ? error.cause : error);
  return new TRPCError({ code: TRPC_CODES[cause.code], message: cause.message, cause });
}

/** The part of an error that is shown; input that a schema refused counts as the caller's. */
export function errorInfo(error: TRPCError): ErrorInfo {
  const { cause } = error;
  if (isZodError(cause)) return { code: "invalid_argument", message: describeIssue(cause), hint: null, retryable: false };
  if (error.code === "NOT_FOUND" && cause === undefined) return { code: "not_found", message: error.message, hint: null, retryable: false };
  const { code, message, hint, retryable } = toLarderError(cause ?? error);
  return { code, message, hint: hint ?? null, retryable };
}

interface ZodLike {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}

function isZodError(cause: unknown): cause is ZodLike {
  return cause instanceof Error && "issues" in cause && Array.isArray(cause.issues);
}

function describeIssue({ issues }: ZodLike): string {
  const [issue] = issues;
  if (!issue) return "The request is not valid.";
  return issue.path.length === 0 ? issue.message : `${issue.path.map(String).join(".")}: ${issue.message}`;
}
