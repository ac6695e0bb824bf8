import { cn } from "./cn.ts";

/** The shape of text or a figure that is on its way; give it that thing's size. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <span aria-hidden="true" className={cn("block h-3.5 animate-shimmer rounded bg-pressed", className)} />;
}

const WIDTHS = ["w-3/5", "w-2/5", "w-1/2", "w-1/3", "w-3/5", "w-1/4"] as const;

/** A table of this many rows that is on its way. */
export function SkeletonRows({ rows, columns = 4 }: { readonly rows: number; readonly columns?: number }) {
  return (
    <div role="status" aria-label="Loading" className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((row, rowIndex) => (
        <div key={row} className="flex h-8 items-center gap-6 px-3">
          {Array.from({ length: columns }, (_, column) => `${row}-${column}`).map((cell, columnIndex) => (
            <span key={cell} className={cn("flex-1", columnIndex > 1 && "max-sm:hidden")}>
              <Skeleton className={WIDTHS[(rowIndex + columnIndex * 2) % WIDTHS.length]} />
            </span>
          ))}
        </div>
      ))}
    </div>
  );
}
