"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { SearchX, Waves } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useCallback } from "react";
import type { ShownDriftState } from "../../trpc/index.ts";
import { formatCount, plural } from "../format/index.ts";
import { MonitorFrame } from "../monitor/monitor-frame.tsx";
import { SilentWorker } from "../monitor/worker-state.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ChartFrame } from "../ui/chart-frame.tsx";
import { DataTable } from "../ui/data-table.tsx";
import { Health } from "../ui/health.tsx";
import { RowLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { driftInput, driftParams } from "./drift-address.ts";
import { DriftTable, driftFigures } from "./drift-table.tsx";
import { MEANING, type Verdict, VerdictMark } from "./verdict-mark.tsx";
import { StripLegend } from "./verdict-strip.tsx";

const REFRESH_MS = 15_000;

/** Features by windows: whose values have moved away from their baseline, since when and how far. */
export function DriftPage() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(driftParams);
  const query = useQuery(trpc.drift.list.queryOptions(driftInput(address), { placeholderData: keepPreviousData, refetchInterval: REFRESH_MS }));
  const status = useQuery(trpc.drift.status.queryOptions({}, { refetchInterval: REFRESH_MS }));
  const search = useCallback((q: string) => void setAddress({ q, page: null }), [setAddress]);
  const isFiltered = address.q !== "" || address.verdict !== null;
  return (
    <MonitorFrame title="Drift" description="Whose values have moved away from their baseline, since when and how far. One row per entity key, the newest.">
      {status.data && <SilentWorker seenAt={status.data.workerSeenAt} />}
      <QueryRegion query={status} what="the verdicts" loading={<SkeletonRows rows={2} />}>
        {({ counts }) => (
          <Counts counts={counts} chosen={address.verdict} onChoose={(verdict) => void setAddress({ verdict, page: null }, { history: "push" })} />
        )}
      </QueryRegion>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <SearchField label="Only features or views of this name" placeholder="Feature or view" value={address.q} onChange={search} />
        {address.verdict && (
          <Button size="sm" onClick={() => void setAddress({ verdict: null, page: null })}>
            only {address.verdict} ×
          </Button>
        )}
        <StripLegend />
      </div>
      <QueryRegion query={query} what="the drift" loading={<SkeletonRows rows={12} />}>
        {(data) =>
          data.total === 0 ? (
            <Panel>
              <Nothing isFiltered={isFiltered} status={status.data} onReset={() => void setAddress(null)} />
            </Panel>
          ) : (
            <ChartFrame title="Which features drift?" hint={<Hint data={data} />} file="drift" figures={driftFigures(data.rows)}>
              <DriftTable rows={data.rows} windows={data.windows} />
              <Pager page={data.page} pageSize={data.pageSize} total={data.total} onPage={(page) => void setAddress({ page }, { history: "push" })} />
            </ChartFrame>
          )
        }
      </QueryRegion>
      {status.data && status.data.unjudged.length > 0 && <Unjudged status={status.data} />}
    </MonitorFrame>
  );
}

type Data = Outputs["drift"]["list"];
type Status = Outputs["drift"]["status"];

function Hint({ data: { rows } }: { readonly data: Data }) {
  const newest = rows.reduce<Date | null>((latest, { judgedAt }) => (latest === null || judgedAt > latest ? judgedAt : latest), null);
  return (
    <>
      the greatest effect first
      {newest && (
        <>
          , judged <RelativeTime at={newest} />
        </>
      )}
    </>
  );
}

interface CountsProps {
  readonly counts: Status["counts"];
  readonly chosen: Verdict | null;
  readonly onChoose: (verdict: Verdict | null) => void;
}

function Counts({ counts, chosen, onChoose }: CountsProps) {
  const verdicts: readonly Verdict[] = ["drift", "watch", "stable", "insufficient data"];
  const all = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  return (
    <Tiles>
      {verdicts.map((verdict) => (
        <Tile
          key={verdict}
          label={verdict.charAt(0).toUpperCase() + verdict.slice(1)}
          value={
            <button
              type="button"
              aria-pressed={chosen === verdict}
              title={MEANING[verdict]}
              onClick={() => onChoose(chosen === verdict ? null : verdict)}
              className="flex items-center gap-2 rounded hover:text-accent aria-pressed:underline"
            >
              <span className="tabular">{formatCount(counts[verdict])}</span>
              {counts[verdict] > 0 && <VerdictMark verdict={verdict} className="text-xs" />}
            </button>
          }
          note={`of ${plural(all, "feature")}`}
        />
      ))}
    </Tiles>
  );
}

function Nothing({ isFiltered, status, onReset }: { readonly isFiltered: boolean; readonly status: Status | undefined; readonly onReset: () => void }) {
  if (isFiltered) {
    return (
      <EmptyState icon={SearchX} title="No feature is like that" action={<Button onClick={onReset}>Show all features</Button>}>
        No judged feature of this project matches.
      </EmptyState>
    );
  }
  if (status && status.views === 0) {
    return (
      <EmptyState icon={Waves} title="There is nothing to judge yet" command="larder apply --repo DIR">
        Views with a batch source are judged from the moment they are applied.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Waves} title="Nothing is judged yet" command="larder monitor status">
      The first window that is complete is the baseline, and the second one is judged by it: a day each, unless a view says otherwise. Below stands what each
      view waits for.
    </EmptyState>
  );
}

const STATES: Readonly<Record<ShownDriftState["state"], "good" | "attention" | "unknown">> = {
  judged: "good",
  failing: "attention",
  waiting: "unknown",
  off: "unknown",
};

function Unjudged({ status: { unjudged, views, judged } }: { readonly status: Status }) {
  return (
    <Panel title="Views that are not judged" hint={`${formatCount(views - judged)} of ${plural(views, "view")}`}>
      <DataTable
        caption="Views that are not judged"
        rows={unjudged}
        rowKey={({ view }) => view}
        columns={[
          { key: "state", header: "State", cell: ({ state }) => <Health state={STATES[state]}>{state}</Health>, className: "w-28" },
          { key: "view", header: "View", cell: ({ view }) => <RowLink href={`/views/${view}?tab=monitoring`}>{view}</RowLink>, className: "w-64" },
          { key: "why", header: "Why", cell: ({ why }) => <span className="text-ink-2">{why}</span> },
          { key: "looked", header: "Looked at", cell: ({ lookedAt }) => (lookedAt ? <RelativeTime at={lookedAt} /> : "never"), align: "right" },
        ]}
        roomy
      />
    </Panel>
  );
}
