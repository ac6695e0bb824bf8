import { type ErrorCode, isLarderError, LarderError } from "../../../kit/index.ts";

/** What was being done, so that an engine's message becomes one that helps. */
export interface ErrorContext {
  /** "Source driver_stats cannot be read", "The transform of driver_stats fails": begins the message. */
  readonly failure: string;
  /** The code when the data or the caller's SQL is to blame. */
  readonly code: Extract<ErrorCode, "invalid_definition" | "invalid_argument">;
}

const BLAME = /^(Binder|Parser|Catalog|Conversion|Invalid Input|Out of Range|Invalid|Permission|Mismatch Type|Not implemented|Syntax) ?Error: /;

/** An engine's error as one of ours: no SQL and no stack in the message. */
export function translateError(error: unknown, context: ErrorContext | null): LarderError {
  if (isLarderError(error)) return error;
  const text = error instanceof Error ? error.message : String(error);
  if (/^INTERRUPT Error/.test(text)) return new LarderError("cancelled", "The work on the offline store was cancelled.", { cause: error });
  if (/^Out of Memory Error/.test(text)) return outOfMemory(error);
  if (/No space left on device/.test(text)) {
    return new LarderError("unavailable", "The disk is full.", {
      hint: "Free some space where the stages and the output go, then run it again.",
      cause: error,
    });
  }
  if (context !== null && (BLAME.test(text) || /^IO Error/.test(text))) {
    return new LarderError(context.code, `${context.failure}: ${firstSentence(text)}`, { cause: error });
  }
  return new LarderError("internal", "The offline engine failed; the log of this process has the details.", { cause: error });
}

function outOfMemory(error: unknown): LarderError {
  return new LarderError("failed_precondition", "The offline engine needs more memory than it may use.", {
    hint: "Raise LARDER_DUCKDB_MEMORY_MB, or read a smaller window.",
    details: { outOfMemory: true },
    cause: error,
  });
}

/** The first line of an engine's message without its class, its hints and the SQL that follow. */
function firstSentence(text: string): string {
  const line = text.replace(/^(Failed to extract statements: )?[A-Za-z ]+ Error: /, "").split(/\n|LINE \d+:/)[0] ?? "";
  const short = line.trim().replaceAll("file system operations are disabled by configuration", "a transform reads its input and nothing else");
  return /[.!?]$/.test(short) ? short : `${short}.`;
}

export function isOutOfMemory(error: unknown): boolean {
  return isLarderError(error) && error.details?.outOfMemory === true;
}
