import type { Actor } from "../domain/index.ts";
import type { Runtime } from "../runtime/index.ts";

/** What every procedure may use; made per request by the app. */
export interface TrpcContext {
  readonly runtime: Runtime;
  readonly actor: Actor;
  /** The project that the page is about, as its address or the reader's cookie says; null: not said. */
  readonly requestedProject: string | null;
  /** Where the serving process answers, for snippets: "http://localhost:6566". */
  readonly serveUrl: string;
  /** Aborted when this process is asked to stop. */
  readonly shutdown: AbortSignal;
}
