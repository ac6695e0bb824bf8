"use client";
import { useQuery } from "@tanstack/react-query";
import { Inbox } from "lucide-react";
import { batchSourceOf } from "../../domain/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { ValueTable } from "../ui/value-table.tsx";

const ROWS = 10;

/** The newest values with the keys and times they belong to. */
export function NewestValues({ data: { view, feature, joinKeys } }: { readonly data: Outputs["feature"]["get"] }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.view.sample.queryOptions({ view: view.name, of: "newest", limit: ROWS }, { staleTime: 30_000 }));
  const source = useQuery(trpc.view.get.queryOptions({ view: view.name }));
  const time = source.data && batchSourceOf(source.data.source)?.timestampField;
  const wanted = new Set([...joinKeys.map(({ name }) => name), feature.name, ...(time ? [time] : [])]);
  return (
    <Panel
      title="Newest values"
      action={
        <TextLink href={`/views/${encodeURIComponent(view.name)}?tab=data`} className="text-xs">
          Whole rows
        </TextLink>
      }
    >
      <QueryRegion query={query} what="values of the source" loading={<SkeletonRows rows={ROWS} columns={3} />}>
        {({ columns, rows }) => {
          const kept = columns.flatMap((column, index) => (wanted.has(column.name) ? [{ column, index }] : []));
          return rows.length === 0 ? (
            <EmptyState icon={Inbox} title="The source has no rows" compact>
              Values appear here when the source has some.
            </EmptyState>
          ) : (
            <ValueTable
              caption={`Newest values of ${feature.name}`}
              columns={kept.map(({ column }) => column)}
              rows={rows.map((row) => kept.map(({ index }) => row[index]))}
              strong={new Set([feature.name])}
            />
          );
        }}
      </QueryRegion>
    </Panel>
  );
}
