"use client";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { cn } from "./cn.ts";

interface StripProps<T> {
  /** What its bars show, in words. */
  readonly label: string;
  /** The newest last; null: nothing is known of that place. */
  readonly places: readonly (T | null)[];
  /** Class names of a bar: its height tells the state too, so that the strip reads without colour. */
  readonly look: (cell: T) => string;
  /** What a bar says, for who cannot see it… */
  readonly text: (cell: T) => string;
  /** …and for who points at it. */
  readonly tip: (cell: T) => ReactNode;
  readonly onOpen: (cell: T | null) => void;
  readonly className?: string;
  readonly isMarked?: (cell: T) => boolean;
}

/** Bars side by side, one for each span of time. Arrow keys go along it, Enter or a click opens what is under them. */
export function Strip<T>({ label, places, look, text, tip, onOpen, className, isMarked }: StripProps<T>) {
  const strip = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const last = places.length - 1;
  const under = at === null ? null : (places[at] ?? null);
  const point = (event: PointerEvent) => {
    const box = strip.current?.getBoundingClientRect();
    if (box) setAt(Math.min(last, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * places.length))));
  };
  const move = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt((now) => Math.min(last, Math.max(0, (now ?? last) + step)));
  };
  return (
    <button
      ref={strip}
      type="button"
      aria-label={`${label}${under ? `. ${text(under)}` : ""}`}
      className={cn("relative z-10 flex h-5 w-full min-w-40 items-end gap-px", className)}
      onPointerMove={point}
      onPointerLeave={() => setAt(null)}
      onFocus={() => setAt((now) => now ?? last)}
      onBlur={() => setAt(null)}
      onKeyDown={move}
      onClick={() => onOpen(under)}
    >
      {places.map((cell, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a place of the strip is its index
          key={index}
          className={cn(
            "flex h-full min-w-px flex-1 items-end bg-sunken",
            (index === at || (cell && isMarked?.(cell))) && "outline outline-accent -outline-offset-1",
          )}
        >
          {cell && <span className={cn("block w-full rounded-[1px]", look(cell))} />}
        </span>
      ))}
      {at !== null && under && strip.current && (
        <Tip box={strip.current.getBoundingClientRect()} share={(at + 0.5) / places.length}>
          {tip(under)}
        </Tip>
      )}
    </button>
  );
}

interface TipProps {
  readonly box: DOMRect;
  readonly share: number;
  readonly children: ReactNode;
}

const TIP_HALF_PX = 130;

/** Drawn outside of the table, which would cut it off, and within the window. */
function Tip({ box, share, children }: TipProps) {
  const middle = box.left + box.width * share;
  const left = Math.max(TIP_HALF_PX, Math.min(window.innerWidth - TIP_HALF_PX, middle));
  return createPortal(
    <span
      aria-hidden="true"
      style={{ left, top: box.top - 6 }}
      className="tabular pointer-events-none fixed z-50 block max-w-80 -translate-x-1/2 -translate-y-full rounded-md border border-line-strong bg-raised px-2 py-1 text-ink text-xs shadow-pop"
    >
      {children}
    </span>,
    document.body,
  );
}
