import "server-only";
import type { TrpcContext } from "../../trpc/index.ts";
import { getRuntime, getShutdown } from "./runtime.ts";

/** The context of one request that is about this project (null: not said). */
export async function createContext(requestedProject: string | null): Promise<TrpcContext> {
  const { runtime, environment } = await getRuntime();
  return { runtime, actor: runtime.localOwner, requestedProject, serveUrl: `http://localhost:${environment.servePort}`, shutdown: getShutdown() };
}
