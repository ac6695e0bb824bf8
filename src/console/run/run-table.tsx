import type { ShownRun } from "../../trpc/index.ts";
import { formatCount, formatShare, plural } from "../format/index.ts";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { RowLink } from "../ui/link.tsx";
import { Elapsed, RelativeTime } from "../ui/time.tsx";
import { RunState } from "./run-state.tsx";
import { shareOf } from "./stages.ts";

interface RunTableProps {
  readonly caption: string;
  readonly runs: readonly ShownRun[];
  /** On a view's own page its name is left out. */
  readonly ofOneView?: boolean;
  /** For a side panel: state, name, result and time only. */
  readonly compact?: boolean;
}

export function RunTable({ caption, runs, ofOneView = false, compact = false }: RunTableProps) {
  const all: (Column<ShownRun> | false)[] = [
    { key: "state", header: "State", cell: (run) => <RunState run={run} />, className: "w-36" },
    {
      key: "run",
      header: ofOneView ? "Run" : "Subject",
      cell: (run) => <RowLink href={`/runs/${run.id}`}>{ofOneView ? run.kind : (run.view ?? run.set ?? run.kind)}</RowLink>,
    },
    !ofOneView && !compact && { key: "kind", header: "Kind", cell: (run) => <span className="text-ink-2">{run.kind}</span>, className: "max-lg:hidden" },
    { key: "result", header: "Result", cell: (run) => <Result run={run} />, className: "max-w-0 w-[34%]" },
    !compact && { key: "by", header: "By", cell: (run) => <span className="text-ink-2">{run.actor.name}</span>, className: "max-lg:hidden" },
    !compact && { key: "took", header: "Took", cell: (run) => <Took run={run} />, align: "right", className: "w-24 text-ink-2" },
    { key: "created", header: "When", cell: (run) => <RelativeTime at={run.createdAt} className="text-ink-2" />, align: "right", className: "w-28" },
  ];
  const columns = all.filter((column): column is Column<ShownRun> => column !== false);
  return <DataTable caption={caption} columns={columns} rows={runs} rowKey={({ id }) => id} item={(run) => <Item run={run} />} />;
}

function Took({ run }: { readonly run: ShownRun }) {
  return run.startedAt === null ? <span className="text-ink-3">–</span> : <Elapsed from={run.startedAt} to={run.finishedAt} />;
}

/** In a few words: how far, what came out, or why not. */
function Result({ run }: { readonly run: ShownRun }) {
  return (
    <span className="block truncate text-ink-2" title={run.error?.message}>
      {resultText(run)}
    </span>
  );
}

function resultText(run: ShownRun): string {
  const { state, receipt, training, error, progress } = run;
  if (state === "failed") return error?.message ?? "ended without a word";
  if (training) return `${plural(training.rows, "row")}, ${plural(training.features.length, "feature")}`;
  if (receipt) {
    if (receipt.keys === 0) return "nothing to do";
    if (receipt.written === 0) return `nothing new in ${plural(receipt.keys, "key")}`;
    const rejected = receipt.rejected > 0 ? `, ${plural(receipt.rejected, "row")} rejected` : "";
    return `${plural(receipt.written, "key")} written of ${formatCount(receipt.keys)}${rejected}`;
  }
  if (state === "running" && progress) {
    const share = shareOf(run);
    return `${progress.stage}${share === null ? "" : ` ${formatShare(share)}`}, ${formatCount(progress.done)} ${progress.unit}`;
  }
  return "";
}

function Item({ run }: { readonly run: ShownRun }) {
  return (
    <div className="space-y-0.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/runs/${run.id}`} className="truncate">
          {run.view ?? run.set ?? run.kind}
        </RowLink>
        <RunState run={run} className="text-xs" />
      </p>
      <p className="flex justify-between gap-3 text-ink-3 text-xs">
        <span className="min-w-0 truncate">{resultText(run) || run.kind}</span>
        <RelativeTime at={run.createdAt} />
      </p>
    </div>
  );
}
