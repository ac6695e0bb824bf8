"use client";
import { useQuery } from "@tanstack/react-query";
import { Layers } from "lucide-react";
import { batchSourceOf, type DataSource } from "../../domain/index.ts";
import { DefinitionActions } from "../edit/definition-actions.tsx";
import { DefinitionCode } from "../edit/definition-code.tsx";
import { formatBytes, formatCount, formatSeconds, microsToMs } from "../format/index.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { DataTable } from "../ui/data-table.tsx";
import { DefinedIn, OwnerAndTags } from "../ui/definition-facts.tsx";
import { Health } from "../ui/health.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { RelativeTime, UtcTime } from "../ui/time.tsx";
import { UsedBy } from "../view/used-by.tsx";

type Inspection = Outputs["source"]["inspect"];

export function SourcePage({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.source.get.queryOptions({ name }));
  return (
    <Page crumbs={[{ text: "Sources", href: "/sources" }, { text: name }]}>
      <QueryRegion query={query} what={`the source ${name}`} loading={<SkeletonRows rows={8} />}>
        {({ source, record, views }) => (
          <>
            <PageTitle
              title={source.name}
              kind={`${source.type} source`}
              description={source.description}
              facts={<OwnerAndTags definition={source} />}
              actions={<DefinitionActions definition={source} record={record} />}
            />
            <div className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
              <div className="min-w-0 space-y-4">
                {batchSourceOf(source) === null ? (
                  <Panel title="Rows">
                    <p className="px-3 py-4 text-ink-2">It has no batch source, so there is no history to look into.</p>
                  </Panel>
                ) : (
                  <Inspected name={source.name} />
                )}
                <Panel title="Feature views that read it">
                  {views.length > 0 ? (
                    <UsedBy caption={`Views that read ${source.name}`} views={views} />
                  ) : (
                    <EmptyState icon={Layers} title="No view reads it" compact>
                      A feature view that names it as its source would stand here.
                    </EmptyState>
                  )}
                </Panel>
              </div>
              <div className="min-w-0 space-y-4">
                <Panel title="Definition">
                  <Facts>
                    <Place source={source} />
                    <Fact term="Event time">
                      <span className="font-mono text-xs">{source.timestampField}</span>
                    </Fact>
                    <Fact term="Created time">
                      {source.createdTimestampColumn ? <span className="font-mono text-xs">{source.createdTimestampColumn}</span> : "none"}
                    </Fact>
                    <DefinedIn record={record} />
                  </Facts>
                </Panel>
                <DefinitionCode kind="data_source" name={source.name} />
              </div>
            </div>
          </>
        )}
      </QueryRegion>
    </Page>
  );
}

function Place({ source }: { readonly source: DataSource }) {
  const mono = (text: string) => <span className="break-all font-mono text-xs">{text}</span>;
  switch (source.type) {
    case "file":
      return (
        <>
          <Fact term="Path">{mono(source.pathAsWritten)}</Fact>
          <Fact term="Format">{source.format}</Fact>
        </>
      );
    case "postgres":
      return (
        <>
          <Fact term={source.table ? "Table" : "Query"}>{mono(source.table ?? source.query ?? "")}</Fact>
          <Fact term="Connection">{mono(source.connection)}</Fact>
        </>
      );
    case "kafka":
      return (
        <>
          <Fact term="Topic">{mono(source.topic)}</Fact>
          <Fact term="Brokers">{mono(source.bootstrapServers)}</Fact>
          <Fact term="Lateness">{source.watermarkSeconds === null ? "no limit" : `on time within ${formatSeconds(source.watermarkSeconds)}`}</Fact>
          <Fact term="History">{source.batchSource ? mono(source.batchSource.name) : "none"}</Fact>
        </>
      );
    case "push":
      return <Fact term="History">{source.batchSource ? mono(source.batchSource.name) : "none"}</Fact>;
  }
}

function Inspected({ name }: { readonly name: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.source.inspect.queryOptions({ name }, { staleTime: 30_000 }));
  return (
    <QueryRegion
      query={query}
      what="the inside of this source"
      loading={
        <Panel title="Columns">
          <SkeletonRows rows={6} />
        </Panel>
      }
    >
      {(inspection) => (
        <>
          <SourceTiles inspection={inspection} />
          <Panel title="Columns" hint={`${inspection.columns.length}`}>
            <DataTable
              caption="Columns"
              rows={inspection.columns}
              rowKey={({ name: column }) => column}
              columns={[
                { key: "name", header: "Column", cell: (column) => <span className="font-mono text-xs">{column.name}</span> },
                { key: "engine", header: "Stored as", cell: (column) => <span className="font-mono text-ink-2 text-xs">{column.engineType}</span> },
                {
                  key: "type",
                  header: "Type",
                  cell: (column) =>
                    column.type === null ? (
                      <Health state="attention">needs a cast in a transform</Health>
                    ) : (
                      <span className="font-mono text-xs">{column.type}</span>
                    ),
                },
              ]}
            />
          </Panel>
        </>
      )}
    </QueryRegion>
  );
}

function SourceTiles({ inspection: { rows, bytes, files, eventMin, eventMax } }: { readonly inspection: Inspection }) {
  const unknown = <span className="text-ink-2">unknown</span>;
  return (
    <Tiles>
      <Tile
        label="Rows"
        value={rows === null ? unknown : <span className="tabular">{formatCount(rows)}</span>}
        note={files === null ? undefined : `${formatCount(files)} ${files === 1 ? "file" : "files"}`}
      />
      <Tile label="Size" value={bytes === null ? unknown : formatBytes(bytes)} />
      <Tile
        label="Oldest event"
        value={eventMin === null ? unknown : <RelativeTime at={microsToMs(eventMin)} />}
        note={eventMin !== null && <UtcTime at={microsToMs(eventMin)} />}
      />
      <Tile
        label="Newest event"
        value={eventMax === null ? unknown : <RelativeTime at={microsToMs(eventMax)} />}
        note={eventMax !== null && <UtcTime at={microsToMs(eventMax)} />}
      />
    </Tiles>
  );
}
