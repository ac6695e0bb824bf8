import "server-only";
import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { headers } from "next/headers";
import { cache } from "react";
import { makeQueryClient } from "../../console/shell/query-client.ts";
import type { AppRouter } from "../../trpc/index.ts";
import { createContext } from "./context.ts";
import { loadTrpc } from "./native.ts";
import { PROJECT_HEADER } from "./request-headers.ts";

export const getQueryClient = cache(makeQueryClient);

const requestContext = cache(async () => createContext((await headers()).get(PROJECT_HEADER)));

/** Calls procedures in this process instead of by HTTP. */
const inProcess: TRPCLink<AppRouter> =
  () =>
  ({ op }) =>
    observable((observer) => {
      const answer = loadTrpc().then(({ callQuery }) => callQuery(op.path, op.input, requestContext));
      answer.then(
        (result) => {
          if (!result.ok)
            return observer.error(TRPCClientError.from({ error: { code: -32_603, message: result.error.message, data: { larder: result.error } } } as never));
          observer.next({ result: { data: result.data } });
          observer.complete();
        },
        (error: Error) => observer.error(TRPCClientError.from(error)),
      );
    });

/** Procedures as query options for prefetching. */
export const trpc = createTRPCOptionsProxy<AppRouter>({
  client: createTRPCClient<AppRouter>({ links: [inProcess] }),
  queryClient: getQueryClient,
});
