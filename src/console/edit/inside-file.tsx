"use client";
import type { UseQueryResult } from "@tanstack/react-query";
import { formatBytes, formatCount, microsToMs, plural } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { cn } from "../ui/cn.ts";
import { errorInfoOf } from "../ui/error-info.ts";
import { Health } from "../ui/health.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { UtcTime } from "../ui/time.tsx";
import { ValueTable } from "../ui/value-table.tsx";

type Inside = Outputs["source"]["inspectFile"];

/** What the file at the path is: whether it can be read, its size, its time range, its first rows. */
export function InsideFile({ query }: { readonly query: UseQueryResult<Inside, unknown> }) {
  if (query.fetchStatus === "idle" && query.data === undefined && !query.isError) {
    return <p className="border-line border-t px-3 py-3 text-ink-3 text-sm">Columns and first rows are shown here once there is a path.</p>;
  }
  if (query.isError) {
    const { message, hint } = errorInfoOf(query.error);
    return (
      <div role="alert" className="border-line border-t bg-bad-soft px-3 py-2.5 text-sm">
        <Health state="bad" className="font-medium">
          It cannot be read
        </Health>
        <p className="mt-0.5 break-words text-ink">
          {message} {hint}
        </p>
      </div>
    );
  }
  if (query.data === undefined) {
    return (
      <div className="border-line border-t">
        <SkeletonRows rows={5} />
      </div>
    );
  }
  return (
    <div className={cn("border-line border-t", query.isPlaceholderData && "opacity-60")}>
      <Verdict inside={query.data} />
      <ValueTable
        caption="First rows"
        columns={query.data.head.columns.map(({ name, type }) => ({ name, type: typeOf(query.data, name) ?? type }))}
        rows={query.data.head.rows}
        strong={new Set([query.data.times.timestampField, query.data.times.createdTimestampColumn].filter((name) => name !== null))}
      />
    </div>
  );
}

/** As the source stores it where Larder has no type for it. */
function typeOf({ columns }: Inside, name: string): string | undefined {
  const column = columns.find((one) => one.name === name);
  return column?.type === null ? column.engineType : undefined;
}

function Verdict({ inside: { columns, inspection, times } }: { readonly inside: Inside }) {
  const untyped = columns.filter(({ type }) => type === null).map(({ name }) => name);
  return (
    <div role="status" className="flex flex-wrap items-baseline gap-x-4 gap-y-1 border-line border-b px-3 py-2 text-sm">
      <Health state="good">It can be read</Health>
      <span className="tabular text-ink-2">{plural(columns.length, "column")}</span>
      {inspection?.rows !== null && inspection?.rows !== undefined && <span className="tabular text-ink-2">{formatCount(inspection.rows)} rows</span>}
      {inspection?.bytes !== null && inspection?.bytes !== undefined && <span className="tabular text-ink-2">{formatBytes(inspection.bytes)}</span>}
      {typeof inspection?.eventMin === "bigint" && typeof inspection.eventMax === "bigint" && (
        <span className="text-ink-2">
          events from <UtcTime at={microsToMs(inspection.eventMin)} /> to <UtcTime at={microsToMs(inspection.eventMax)} />
        </span>
      )}
      {times.timestampField === null && <Health state="attention">No column looks like an event time: choose one</Health>}
      {untyped.length > 0 && <span className="text-ink-3 text-xs">{untyped.join(", ")}: no feature can have that type without a cast</span>}
    </div>
  );
}
