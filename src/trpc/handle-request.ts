import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import type { TrpcContext } from "./context.ts";
import { appRouter } from "./router.ts";

export interface HandleRequestOptions {
  /** Where the calls live: "/api/trpc". */
  readonly endpoint: string;
  /** The context of a request about this project; null: it names none. */
  readonly createContext: (project: string | null) => Promise<TrpcContext>;
}

const PROJECT_HEADER = "larder-project";

/** Answers the calls of a browser. Event streams cannot send headers: they name their project as a connection parameter. */
export function handleRequest(request: Request, { endpoint, createContext }: HandleRequestOptions): Promise<Response> {
  return fetchRequestHandler({
    endpoint,
    req: request,
    router: appRouter,
    createContext: ({ info }) => createContext(request.headers.get(PROJECT_HEADER) ?? info.connectionParams?.project ?? null),
    responseMeta: () => ({ headers: new Headers({ "cache-control": "no-store" }) }),
  });
}
