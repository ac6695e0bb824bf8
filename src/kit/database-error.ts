import { LarderError } from "./errors.ts";

/*
 * What a PostgreSQL driver (pg, or Prisma over it) throws, read by its shape: no driver is imported here.
 * A server that is down or restarting becomes `unavailable`, which callers and workers wait out; the rest stays as it is.
 */

interface DriverError {
  readonly code?: unknown; // SQLSTATE, Prisma's P…, or Node's E…
  readonly message?: unknown;
  readonly cause?: { readonly kind?: unknown; readonly originalCode?: unknown };
  readonly meta?: { readonly driverAdapterError?: DriverError };
}

const DOWN_CODE = /^(P1001|P1002|P1008|P1017|P2024|08...|57P0.|53300|E(CONNREFUSED|CONNRESET|TIMEDOUT|PIPE|NOTFOUND|HOSTUNREACH|AI_AGAIN))$/;
const DOWN_KIND = /^(DatabaseNotReachable|ConnectionClosed|SocketTimeout|TooManyConnections)$/;
const DOWN_MESSAGE = /Client has encountered a connection error|Connection terminated|timeout exceeded when trying to connect|Unable to start a transaction/;
/** Text of people that PostgreSQL cannot hold: a NUL. */
const NO_TEXT = /^22021$|invalid byte sequence for encoding/;
const CONTENTION = /^(P2034|40001|40P01|TransactionWriteConflict)$/;

/** The error to throw instead: `unavailable` when the database is down, a `conflict` worth a retry when two writers met, else the error itself. */
export function databaseError(error: unknown): unknown {
  if (error instanceof LarderError || typeof error !== "object" || error === null) return error;
  const words = wordsOf(error);
  if (words.some((word) => DOWN_CODE.test(word) || DOWN_KIND.test(word) || DOWN_MESSAGE.test(word))) {
    return new LarderError("unavailable", "The database does not answer.", {
      hint: "Check that PostgreSQL runs; Larder goes on as soon as it is back.",
      cause: error,
    });
  }
  if (words.some((word) => CONTENTION.test(word))) {
    return new LarderError("conflict", "Someone else changed the same thing at the same moment.", { hint: "Try again.", retryable: true, cause: error });
  }
  if (words.some((word) => NO_TEXT.test(word))) {
    return new LarderError("invalid_argument", "Text may hold no NUL character.", { hint: "Take it out and try again.", cause: error });
  }
  return error;
}

function wordsOf(error: DriverError): readonly string[] {
  const inner = error.meta?.driverAdapterError;
  const own = [error.code, error.message, error.cause?.kind, error.cause?.originalCode];
  return [...own.filter((word) => typeof word === "string"), ...(inner ? wordsOf(inner) : [])];
}

/** The same port with every rejected promise passed through `databaseError`; what returns no promise is left alone. */
export function withDatabaseErrors<Port extends object>(port: Port): Port {
  const wrapped: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(port)) {
    wrapped[name] = typeof member === "function" ? (...args: unknown[]) => translate(member.apply(port, args)) : member;
  }
  return wrapped as Port;
}

/** Prisma's promises are no Promise, only thenable. */
function translate(result: unknown): unknown {
  if (typeof result !== "object" || result === null || !("then" in result)) return result;
  return Promise.resolve(result).catch((error: unknown) => {
    throw databaseError(error);
  });
}
