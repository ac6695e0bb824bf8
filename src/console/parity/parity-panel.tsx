"use client";
import { useQuery } from "@tanstack/react-query";
import { Equal, SlidersHorizontal } from "lucide-react";
import { useState } from "react";
import { formatCount, formatShare, plural } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ExportMenu } from "../ui/chart-frame.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { FOUND_ORDER, FOUND_WORDS } from "./found-words.ts";
import { ParityDays } from "./parity-days.tsx";
import { ParityExamples } from "./parity-examples.tsx";
import { MismatchRate, ParityMark, SamplingText } from "./parity-mark.tsx";
import { SamplingDialog } from "./sampling-dialog.tsx";

type Data = Outputs["parity"]["view"];

/** What serving kept of this view's answers, and how it compares with the history. */
export function ParityPanel({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.parity.view.queryOptions({ view }, { refetchInterval: 30_000 }));
  return (
    <QueryRegion query={query} what="parity" loading={<SkeletonRows rows={4} />}>
      {(data) => (data.online ? <Parity data={data} /> : null)}
    </QueryRegion>
  );
}

function Parity({ data }: { readonly data: Data }) {
  const [isSetting, setSetting] = useState(false);
  const { view, sampling, found } = data;
  const total = Object.values(found).reduce((sum, samples) => sum + samples, 0);
  const action = (
    <span className="flex items-center gap-3 text-sm">
      <ParityMark verdict={data.verdict} />
      <Button size="sm" onClick={() => setSetting(true)}>
        <SlidersHorizontal aria-hidden="true" /> Sampling
      </Button>
      {total > 0 && <ExportMenu title="Parity" file={`parity-${view}-features`} figures={featureFigures(data.features)} chart={null} />}
    </span>
  );
  return (
    <>
      <Panel title="Parity" hint="served against history, 30 days" action={action}>
        {total === 0 ? <Nothing data={data} /> : <Figures data={data} total={total} />}
        {isSetting && <SamplingDialog view={view} rate={sampling.rate} rowsPerSecondMax={sampling.rowsPerSecondMax} onClose={() => setSetting(false)} />}
      </Panel>
      <ParityDays view={view} days={data.days} />
    </>
  );
}

function Figures({ data, total }: { readonly data: Data; readonly total: number }) {
  const { sampling, keptDay, waiting, recent, found, features, examples } = data;
  const differing = features.filter(({ mismatches }) => mismatches > 0);
  return (
    <>
      <div className="grid lg:grid-cols-2">
        <Facts className="content-start">
          <Fact term="Differing">
            {recent === null ? "nothing compared in the last day" : <MismatchRate {...recent} />}{" "}
            {recent && <span className="text-ink-3">newest of the last day</span>}
          </Fact>
          <Fact term="Sampling">
            <SamplingText sampling={sampling} />
            {sampling.by && sampling.at && (
              <span className="text-ink-3">
                , set by {sampling.by} <RelativeTime at={sampling.at} />
              </span>
            )}
          </Fact>
          <Fact term="Kept">
            {plural(keptDay, "row")} in 24 h{waiting > 0 && <span className="text-ink-3">, {formatCount(waiting)} not compared yet</span>}
          </Fact>
        </Facts>
        <FoundList found={found} total={total} />
      </div>
      {differing.length > 0 && <FeatureTable rows={differing} of={features.length} />}
      <ParityExamples examples={examples} />
    </>
  );
}

function FoundList({ found, total }: { readonly found: Data["found"]; readonly total: number }) {
  return (
    <Facts className="content-start max-lg:border-line max-lg:border-t">
      {FOUND_ORDER.filter((one) => (found[one] ?? 0) > 0).map((one) => (
        <Fact key={one} term={<span className="first-letter:uppercase inline-block">{FOUND_WORDS[one].text}</span>}>
          <span className="tabular">{formatCount(found[one] ?? 0)}</span> <span className="text-ink-3">of {formatCount(total)}</span>
          <span className="block text-ink-3 text-xs">{FOUND_WORDS[one].why}</span>
        </Fact>
      ))}
    </Facts>
  );
}

type Feature = Data["features"][number];

function FeatureTable({ rows, of }: { readonly rows: readonly Feature[]; readonly of: number }) {
  const columns: readonly Column<Feature>[] = [
    { key: "feature", header: `Differing features (${rows.length} of ${of})`, cell: ({ feature }) => <span className="font-mono text-xs">{feature}</span> },
    { key: "type", header: "Type", cell: ({ type }) => <span className="font-mono text-2xs text-ink-3">{type}</span>, className: "max-sm:hidden" },
    { key: "differ", header: "Differ", cell: ({ mismatches }) => formatCount(mismatches), align: "right" },
    { key: "rate", header: "Of compared", cell: (row) => <MismatchRate {...row} />, align: "right" },
  ];
  return (
    <div className="border-line border-t">
      <DataTable caption="Features by mismatches" columns={columns} rows={rows} rowKey={({ feature }) => feature} />
    </div>
  );
}

/** Of each feature, also of those that never differ. */
function featureFigures(features: readonly Feature[]): FigureTable {
  return {
    columns: [
      { name: "feature" },
      { name: "type" },
      { name: "compared", format: formatCount },
      { name: "differing", format: formatCount },
      { name: "share", format: formatShare },
    ],
    rows: features.map(({ feature, type, compared, mismatches }) => [feature, type, compared, mismatches, compared === 0 ? null : mismatches / compared]),
  };
}

function Nothing({ data: { sampling, waiting } }: { readonly data: Data }) {
  if (sampling.rate === 0) {
    return (
      <EmptyState icon={Equal} title="Sampling is off" compact>
        Give it a share: serving then keeps some of its answers, and a worker compares them with the history.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Equal} title={waiting > 0 ? `${plural(waiting, "served row")} waiting to be compared` : "Nothing was kept yet"} compact>
      {waiting > 0
        ? "A worker compares them a minute after they were served."
        : "Serving keeps a share of what it answers for this view. With few reads, raise the share."}
    </EmptyState>
  );
}
