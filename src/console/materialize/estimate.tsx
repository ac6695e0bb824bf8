import type { ReactNode } from "react";
import type { MaterializePreview } from "../../trpc/index.ts";
import { formatBytes, formatCount, formatSeconds, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";
import { Skeleton } from "../ui/skeleton.tsx";
import { Tooltip } from "../ui/tooltip.tsx";

interface FigureProps {
  /** null: unknown, and said. */
  readonly text: string | null;
  readonly exact?: boolean;
  /** "≤": never more than this. */
  readonly bound?: "≤";
  readonly basis: string;
}

/** A figure that is worked out beforehand: ≈ unless it was counted, its basis on hover and focus. */
function Estimated({ text, exact = false, bound, basis }: FigureProps) {
  return (
    <Tooltip content={basis}>
      <button
        type="button"
        className={cn("tabular cursor-help rounded-sm border-line-strong border-b border-dotted", text === null ? "text-ink-2" : "font-medium text-ink")}
      >
        {text === null ? "unknown" : `${bound ? `${bound} ` : ""}${exact ? "" : "≈ "}${text}`}
      </button>
    </Tooltip>
  );
}

/** What the run will read and write and how long it takes, each figure with its basis. */
export function Estimate({ preview, stale }: { readonly preview: MaterializePreview; readonly stale: boolean }) {
  const { reads, keysMax, onlineBytes, onlineKeysNow, secondsEstimate, checks } = preview;
  return (
    <dl className={cn("grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 text-sm transition-opacity", stale && "opacity-50")} aria-busy={stale}>
      <Line term="Reads">
        <Estimated text={reads.rows === null ? null : plural(reads.rows, "row")} exact={reads.exact} basis={reads.basis} />
        {reads.bytes !== null && <> ({<Estimated text={formatBytes(reads.bytes)} basis="size of the files that hold these rows" />})</>} from{" "}
        <Place>{preview.from}</Place>
      </Line>
      <Line term="Writes">
        <Estimated
          text={keysMax === null ? null : plural(keysMax, "key")}
          bound="≤"
          exact={reads.exact}
          basis="one row per entity key at most, fewer where the store has the same or a newer row"
        />
        {onlineBytes !== null && <>, {<Estimated text={formatBytes(onlineBytes)} basis="keys × width of the view's types" />}</>} to{" "}
        <Place>{preview.store}</Place>
        {onlineKeysNow !== null && (
          <>
            {" "}
            (now {preview.onlineKeysExact ? "" : "≈ "}
            {formatCount(onlineKeysNow)})
          </>
        )}
      </Line>
      <Line term="Takes">
        <Estimated text={secondsEstimate === null ? null : formatSeconds(secondsEstimate)} basis={preview.secondsBasis} />
      </Line>
      {checks.expected > 0 && (
        <Line term="Checks">
          <span className="font-medium text-ink">{plural(checks.expected, "expectation")}</span> before any row is written
          {checks.blocking > 0 && `; ${checks.blocking === 1 ? "1 blocks" : `${formatCount(checks.blocking)} block`}`}
        </Line>
      )}
    </dl>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{term}</dt>
      <dd className="min-w-0 text-ink-2">{children}</dd>
    </>
  );
}

function Place({ children }: { readonly children: string }) {
  return <span className="break-all font-mono text-ink text-xs">{children}</span>;
}

export function EstimateSkeleton() {
  return (
    <div role="status" aria-label="Working out the estimate" className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2">
      {["w-4/5", "w-3/5", "w-1/5"].map((width) => (
        <div key={width} className="contents">
          <Skeleton className="h-5 w-12" />
          <Skeleton className={cn("h-5", width)} />
        </div>
      ))}
    </div>
  );
}
