import { fileURLToPath } from "node:url";

/** Where a builder was called: an absolute path and a line from 1. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
}

/** The place that called `builder`; type stripping keeps lines, so it is the line in the editor. Null where the engine does not know. */
export function callSiteOf(builder: (...args: never[]) => unknown): CallSite | null {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, frames) => frames;
    Error.captureStackTrace(holder, builder);
    const frame = (holder.stack as readonly NodeJS.CallSite[])[0]; // an array, by the line above
    const file = frame?.getFileName() ?? null;
    const line = frame?.getLineNumber() ?? null;
    return file === null || line === null ? null : { file: toPath(file), line };
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** A path from a path or a file URL, which may carry a query. */
export function toPath(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(new URL(file)) : file;
}
