import type { ReactNode } from "react";
import { cn } from "./cn.ts";

interface PanelProps {
  readonly title?: ReactNode;
  readonly hint?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A titled part of a page. */
export function Panel({ title, hint, action, className, children }: PanelProps) {
  return (
    <section className={cn("min-w-0 overflow-hidden rounded-lg border border-line bg-panel shadow-card", className)}>
      {(title || action) && (
        <header className="flex min-h-10 items-center gap-2 border-line border-b px-3 max-sm:flex-wrap max-sm:py-1.5">
          <h2 className="font-medium text-ink text-sm">{title}</h2>
          {hint && <span className="truncate text-ink-3 text-xs">{hint}</span>}
          <span className="flex-1" />
          {action}
        </header>
      )}
      {children}
    </section>
  );
}

/** Pairs of a word and its value, in columns that line up. */
export function Facts({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <dl className={cn("grid grid-cols-[minmax(96px,auto)_1fr] gap-x-4 gap-y-1.5 px-3 py-3 text-sm", className)}>{children}</dl>;
}

export function Fact({ term, children }: { readonly term: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{term}</dt>
      <dd className="min-w-0 break-words text-ink">{children}</dd>
    </>
  );
}
