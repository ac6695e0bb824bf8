"use client";
import { useRouter } from "next/navigation";
import type { ShownWindow } from "../../trpc/index.ts";
import { formatP, formatScore } from "../format/index.ts";
import { useHref } from "../shell/project.tsx";
import { cn } from "../ui/cn.ts";
import { Strip } from "../ui/strip.tsx";
import type { Verdict } from "./verdict-mark.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import { driftHref, placesOf, rowsText, verdictsText, windowName, windowText } from "./windows.ts";

/** Height grows with what is wrong and drift is striped, so that the strip reads without colour too. */
const CELL_LOOKS = {
  stable: "h-[28%] bg-good/70",
  watch: "h-[60%] bg-attention",
  drift: "h-full bg-bad bg-[repeating-linear-gradient(135deg,transparent_0_3px,rgb(255_255_255/0.28)_3px_4px)]",
  "insufficient data": "h-[28%] border border-ink-3/60",
} as const satisfies Record<Verdict, string>;

interface VerdictStripProps {
  readonly view: string;
  readonly feature: string;
  readonly cells: readonly ShownWindow[];
  /** The newest window of the strip. */
  readonly last: Pick<ShownWindow, "start" | "end">;
  readonly count: number;
}

/** The last windows of a feature, the newest on the right; one opens on Enter or a click. */
export function VerdictStrip({ view, feature, cells, last, count }: VerdictStripProps) {
  const router = useRouter();
  const href = useHref();
  return (
    <Strip
      label={`${feature} of ${view}, ${verdictsText(cells)}`}
      places={placesOf(cells, last, count)}
      look={({ verdict }) => CELL_LOOKS[verdict]}
      text={windowText}
      tip={(cell) => <WindowTip cell={cell} />}
      onOpen={(cell) => router.push(href(driftHref(view, feature, cell?.start)))}
    />
  );
}

function WindowTip({ cell }: { readonly cell: ShownWindow }) {
  return (
    <>
      <span className="flex items-center justify-between gap-3">
        <span className="font-medium">{windowName(cell)}</span>
        <VerdictMark verdict={cell.verdict} />
      </span>
      <span className="block whitespace-nowrap text-ink-2">
        PSI {formatScore(cell.psi)}
        {cell.adjustedP !== null && `, p ${formatP(cell.adjustedP)}`}, {rowsText(cell)}
      </span>
    </>
  );
}

/** What the bars mean. */
export function StripLegend({ words = "a window a bar; gaps: not judged" }: { readonly words?: string }) {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs" aria-label="What the bars mean">
      {(["drift", "watch", "stable", "insufficient data"] as const).map((verdict) => (
        <li key={verdict} className="flex items-center gap-1.5">
          <span className="flex h-4 w-2 items-end bg-sunken" aria-hidden="true">
            <span className={cn("block w-full rounded-[1px]", CELL_LOOKS[verdict])} />
          </span>
          {verdict}
        </li>
      ))}
      <li className="text-ink-3">{words}</li>
    </ul>
  );
}
