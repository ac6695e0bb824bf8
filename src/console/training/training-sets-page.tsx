"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Plus, SearchX, Sheet } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import { formatBytes, formatCount, plural } from "../format/index.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { AppLink, RowLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { trainingInput, trainingParams } from "./training-address.ts";

type Sets = Outputs["trainingSet"]["list"];
type Entry = Sets["rows"][number];

export function TrainingSetsPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(trainingParams);
  const query = useQuery(trpc.trainingSet.list.queryOptions(trainingInput(address), { placeholderData: keepPreviousData }));
  const setText = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  return (
    <Page crumbs={[{ text: "Training sets" }]}>
      <PageTitle
        title="Training sets"
        description="Entity rows joined to features as they were at each row's time; made again to the same bytes while nothing changes."
        actions={<NewButton />}
      />
      <div className="mt-4 mb-3 flex flex-wrap items-center gap-2">
        <SearchField label="Search the training sets" placeholder="Name, description, feature" value={address.q} onChange={setText} />
      </div>
      <Panel>
        <QueryRegion query={query} what="the training sets" loading={<SkeletonRows rows={8} />}>
          {(data) => (
            <Results
              data={data}
              isFiltered={address.q !== ""}
              onReset={() => void setAddress(null)}
              onPage={(page) => void setAddress({ page }, { history: "push" })}
            />
          )}
        </QueryRegion>
      </Panel>
    </Page>
  );
}

function NewButton() {
  return (
    <Button look="primary" asChild>
      <AppLink href="/training-sets/new">
        <Plus aria-hidden="true" /> New training set
      </AppLink>
    </Button>
  );
}

interface ResultsProps {
  readonly data: Sets;
  readonly isFiltered: boolean;
  readonly onReset: () => void;
  readonly onPage: (page: number) => void;
}

function Results({ data, isFiltered, onReset, onPage }: ResultsProps) {
  if (data.total > 0) {
    return (
      <>
        <DataTable caption="Training sets" columns={COLUMNS} rows={data.rows} rowKey={({ id }) => id} item={(set) => <Item set={set} />} />
        <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={onPage} />
      </>
    );
  }
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No training set is like that" action={<Button onClick={onReset}>Show all</Button>}>
        No name, description or feature has all of these words.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={Sheet}
      title="No training sets yet"
      action={<NewButton />}
      command="larder training-sets create orders --service NAME --entities orders.csv --run"
    >
      A training set joins features to rows of yours, each as it was at that row's time, and remembers exactly what it was made of.
    </EmptyState>
  );
}

const COLUMNS: readonly Column<Entry>[] = [
  { key: "name", header: "Name", cell: ({ name }) => <RowLink href={`/training-sets/${name}`}>{name}</RowLink> },
  { key: "features", header: "Features", cell: (set) => <span className="text-ink-2">{featuresText(set)}</span> },
  { key: "rows", header: "Entity rows", cell: (set) => <span className="text-ink-2">{rowsText(set)}</span>, className: "max-lg:hidden max-w-64 truncate" },
  {
    key: "result",
    header: "Result",
    cell: ({ result }) => (result ? `${formatCount(result.rows)} rows` : <span className="text-ink-3">not run yet</span>),
    align: "right",
  },
  { key: "size", header: "Size", cell: ({ result }) => (result ? formatBytes(result.bytes) : ""), align: "right", className: "text-ink-2" },
  { key: "by", header: "By", cell: ({ createdBy }) => <span className="text-ink-2">{createdBy}</span>, className: "max-lg:hidden" },
  {
    key: "when",
    header: "Made",
    cell: ({ resultAt, updatedAt }) => <RelativeTime at={resultAt ?? updatedAt} className="text-ink-2" />,
    align: "right",
    className: "w-28",
  },
];

function Item({ set }: { readonly set: Entry }) {
  return (
    <div className="space-y-0.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/training-sets/${set.name}`} className="truncate">
          {set.name}
        </RowLink>
        <span className="text-ink-2 text-xs">{set.result ? `${formatCount(set.result.rows)} rows` : "not run yet"}</span>
      </p>
      <p className="flex justify-between gap-3 text-ink-3 text-xs">
        <span className="min-w-0 truncate">{featuresText(set)}</span>
        <RelativeTime at={set.resultAt ?? set.updatedAt} />
      </p>
    </div>
  );
}

export function featuresText({ spec, pins }: Pick<Entry, "spec" | "pins">): string {
  const views = new Set(pins.views.map(({ view }) => view)).size;
  return spec.service ?? `${plural(pins.outputs.length, "feature")} of ${plural(views, "view")}`;
}

export function rowsText({ spec: { entityRows } }: Pick<Entry, "spec">): string {
  return entityRows.kind === "upload" ? entityRows.fileName : `source ${entityRows.source}`;
}
