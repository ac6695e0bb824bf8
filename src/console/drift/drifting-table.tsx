import { formatScore } from "../format/index.ts";
import { HitServices } from "../monitor/hit-services.tsx";
import { OwnerName, SinceWhose } from "../monitor/since-whose.tsx";
import type { Outputs } from "../shell/trpc.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { RowLink } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import { driftHref, rowsText } from "./windows.ts";

type Drifting = Outputs["monitor"]["overview"]["drifting"]["rows"][number];

/** Features that drift now: since when, whose they are, who is hit. */
export function DriftingTable({ rows }: { readonly rows: readonly Drifting[] }) {
  const columns: readonly Column<Drifting>[] = [
    { key: "verdict", header: "Verdict", cell: () => <VerdictMark verdict="drift" />, className: "w-28" },
    {
      key: "feature",
      header: "Feature",
      cell: ({ view, feature }) => (
        <span className="flex min-w-0 items-baseline gap-2">
          <RowLink href={driftHref(view, feature)}>{feature}</RowLink>
          <span className="truncate text-ink-3 text-xs">{view}</span>
        </span>
      ),
    },
    { key: "psi", header: "PSI", cell: ({ psi }) => formatScore(psi), align: "right" },
    { key: "n", header: "Rows", cell: (row) => <span className="text-ink-2 text-xs">{rowsText(row)}</span>, align: "right" },
    { key: "since", header: "Since", cell: ({ since }) => (since ? <RelativeTime at={since} /> : <span className="text-ink-3">–</span>), className: "w-24" },
    { key: "owner", header: "Owner", cell: (row) => <OwnerName {...row} />, className: "max-lg:hidden" },
    { key: "hit", header: "Who is hit", cell: ({ services }) => <HitServices names={services} />, className: "max-lg:hidden" },
  ];
  const item = (row: Drifting) => (
    <div className="space-y-0.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={driftHref(row.view, row.feature)} className="truncate">
          {row.feature}
        </RowLink>
        <VerdictMark verdict="drift" className="text-xs" />
      </p>
      <p className="text-ink-3 text-xs">
        {row.view}, PSI {formatScore(row.psi)}, {rowsText(row)}
      </p>
      <p className="text-ink-3 text-xs">
        <SinceWhose {...row} />
      </p>
    </div>
  );
  return <DataTable caption="Features that drift" columns={columns} rows={rows} rowKey={({ view, feature }) => `${view}:${feature}`} item={item} />;
}
