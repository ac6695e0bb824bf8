import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/** A quiet word beside a name: a kind, a type, a count. */
export function Badge({ mono = false, className, children }: { readonly mono?: boolean; readonly className?: string; readonly children: ReactNode }) {
  return (
    <span
      className={cn(
        "inline-flex h-[18px] max-w-full items-center truncate rounded bg-sunken px-1.5 text-2xs text-ink-2 ring-1 ring-line ring-inset",
        mono && "font-mono",
        className,
      )}
    >
      {children}
    </span>
  );
}
