"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorInfoOf } from "./error-info.ts";
import { ErrorState } from "./states.tsx";
import { RelativeTime } from "./time.tsx";

interface QueryRegionProps<T> {
  readonly query: UseQueryResult<T, unknown>;
  /** For "Could not show …". */
  readonly what: string;
  /** A skeleton of the region's own shape. */
  readonly loading: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** The states of anything that is fetched, drawn once. Data that is there stays, also when a refresh fails: then its age is said. */
export function QueryRegion<T>({ query, what, loading, children }: QueryRegionProps<T>) {
  if (query.data === undefined) {
    if (!query.isError) return loading;
    return <ErrorState error={errorInfoOf(query.error)} what={what} onRetry={() => void query.refetch()} retrying={query.isFetching} />;
  }
  return (
    <>
      {query.isError && <StaleNotice message={errorInfoOf(query.error).message} at={query.dataUpdatedAt} onRetry={() => void query.refetch()} />}
      {children(query.data)}
    </>
  );
}

function StaleNotice({ message, at, onRetry }: { readonly message: string; readonly at: number; readonly onRetry: () => void }) {
  return (
    <p role="status" className="mb-2 rounded-md border border-line bg-attention-soft px-3 py-1.5 text-ink text-xs">
      As it was <RelativeTime at={at} />. {message}{" "}
      <button type="button" onClick={onRetry} className="font-medium underline underline-offset-2">
        Try again
      </button>
    </p>
  );
}
