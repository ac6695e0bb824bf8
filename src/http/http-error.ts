import type { ErrorCode, LarderError } from "../kit/index.ts";

/** What a code means over HTTP: 4xx for what the caller did, 503 for what is down. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_argument: 400,
  invalid_definition: 400,
  not_found: 404,
  conflict: 409,
  already_exists: 409,
  failed_precondition: 409,
  not_built: 422,
  permission_denied: 403,
  unauthenticated: 401,
  unavailable: 503,
  cancelled: 409,
  timeout: 504,
  internal: 500,
};

export function statusOf(error: LarderError): number {
  return STATUS[error.code];
}

/** The one shape of every error; `detail` is where users of Feast's SDK look. */
export interface ErrorBody {
  readonly error: { readonly code: ErrorCode; readonly message: string; readonly hint: string | null };
  readonly detail: string;
}

export function errorBody({ code, message, hint }: Pick<LarderError, "code" | "message" | "hint">): ErrorBody {
  return { error: { code, message, hint: hint ?? null }, detail: hint === undefined ? message : `${message} ${hint}` };
}
