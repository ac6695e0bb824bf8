import "server-only";
import { dehydrate, type FetchQueryOptions, HydrationBoundary } from "@tanstack/react-query";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { errorInfoOf } from "../../console/ui/error-info.ts";
import { getQueryClient } from "./trpc.ts";

const PATIENCE_MS = 400;
/** What a page is about decides on the status of the answer, which cannot be taken back. */
const PATIENCE_ABOUT_MS = 5_000;

// biome-ignore lint/suspicious/noExplicitAny: queries of a page differ in every type parameter, and none of them matters here
type AnyQuery = FetchQueryOptions<any, any, any, any>;

interface PrefetchedProps {
  readonly queries: readonly AnyQuery[];
  /** The object that the page is about: without it the answer is 404. */
  readonly about?: AnyQuery;
  readonly children: ReactNode;
}

/** Puts data into the first HTML where it comes at once; what is slow or fails is left to the browser, which shows that and tries again. */
export async function Prefetched({ queries, about, children }: PrefetchedProps) {
  const client = getQueryClient();
  const fetched = (query: AnyQuery) => client.prefetchQuery({ retry: false, ...query });
  const found = about && fetched(about);
  await atMost(PATIENCE_MS, Promise.all([found, ...queries.map(fetched)]));
  await atMost(PATIENCE_ABOUT_MS, found);
  const error = about && client.getQueryState(about.queryKey)?.error;
  if (error && errorInfoOf(error).code === "not_found") notFound();
  return <HydrationBoundary state={dehydrate(client)}>{children}</HydrationBoundary>;
}

function atMost(ms: number, work: Promise<unknown> | undefined): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);
}
