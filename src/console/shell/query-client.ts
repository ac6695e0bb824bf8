import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import superjson from "superjson";
import { errorInfoOf } from "../ui/error-info.ts";

/** Server and browser make theirs the same way. The server is next door, so a browser that thinks it is offline still asks. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        networkMode: "always",
        retry: (failures, error) => failures < 2 && errorInfoOf(error).retryable,
        retryDelay: (attempt) => 400 * 2 ** attempt,
      },
      mutations: { networkMode: "always" },
      dehydrate: { serializeData: superjson.serialize, shouldDehydrateQuery: (query) => defaultShouldDehydrateQuery(query) },
      hydrate: { deserializeData: superjson.deserialize },
    },
  });
}
