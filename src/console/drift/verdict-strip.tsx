"use client";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { createPortal } from "react-dom";
import type { ShownWindow } from "../../trpc/index.ts";
import { formatP, formatScore } from "../format/index.ts";
import { useHref } from "../shell/project.tsx";
import { cn } from "../ui/cn.ts";
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

/** The last windows of a feature, the newest on the right. Arrow keys go along it, Enter or a click opens a window. */
export function VerdictStrip({ view, feature, cells, last, count }: VerdictStripProps) {
  const router = useRouter();
  const href = useHref();
  const strip = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const places = placesOf(cells, last, count);
  const under = at === null ? null : (places[at] ?? null);
  const point = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (box) setAt(Math.min(count - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * count))));
  };
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt((now) => Math.min(count - 1, Math.max(0, (now ?? count - 1) + step)));
  };
  return (
    <button
      ref={strip}
      type="button"
      aria-label={`${feature} of ${view}, ${verdictsText(cells)}${under ? `. ${windowText(under)}` : ""}`}
      className="relative z-10 flex h-5 w-full min-w-40 items-end gap-px"
      onPointerMove={point}
      onPointerLeave={() => setAt(null)}
      onFocus={() => setAt((now) => now ?? count - 1)}
      onBlur={() => setAt(null)}
      onKeyDown={move}
      onClick={() => router.push(href(driftHref(view, feature, under?.start)))}
    >
      {places.map((cell, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a place of the strip is its index
          key={index}
          className={cn("flex h-full min-w-px flex-1 items-end bg-sunken", index === at && "outline outline-accent -outline-offset-1")}
        >
          {cell && <span className={cn("block w-full rounded-[1px]", CELL_LOOKS[cell.verdict])} />}
        </span>
      ))}
      {at !== null && under && strip.current && <Tip cell={under} box={strip.current.getBoundingClientRect()} share={(at + 0.5) / count} />}
    </button>
  );
}

/** Drawn outside of the table, which would cut it off. */
function Tip({ cell, box, share }: { readonly cell: ShownWindow; readonly box: DOMRect; readonly share: number }) {
  const style = { left: box.left + box.width * share, top: box.top - 6 };
  return createPortal(
    <span
      aria-hidden="true"
      style={style}
      className="tabular pointer-events-none fixed z-50 block -translate-x-1/2 -translate-y-full rounded-md border border-line-strong bg-raised px-2 py-1 text-ink text-xs shadow-pop"
    >
      <span className="flex items-center justify-between gap-3">
        <span className="font-medium">{windowName(cell)}</span>
        <VerdictMark verdict={cell.verdict} />
      </span>
      <span className="block whitespace-nowrap text-ink-2">
        PSI {formatScore(cell.psi)}
        {cell.adjustedP !== null && `, p ${formatP(cell.adjustedP)}`}, {rowsText(cell)}
      </span>
    </span>,
    document.body,
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
