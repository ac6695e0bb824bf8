import { callTRPCProcedure } from "@trpc/server";
import type { TrpcContext } from "./context.ts";
import { type ErrorInfo, errorInfo, toTrpcError } from "./errors.ts";
import { appRouter } from "./router.ts";

export type QueryAnswer = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly error: ErrorInfo };

/** Calls a query in this process, for a page that is drawn on the server; errors come back as a browser would get them. */
export async function callQuery(path: string, input: unknown, createContext: () => Promise<TrpcContext>): Promise<QueryAnswer> {
  try {
    const call = { router: appRouter, path, type: "query", getRawInput: async () => input, signal: undefined, batchIndex: 0 } as const;
    return { ok: true, data: await callTRPCProcedure({ ...call, ctx: await createContext() }) };
  } catch (error) {
    return { ok: false, error: errorInfo(toTrpcError(error)) };
  }
}
