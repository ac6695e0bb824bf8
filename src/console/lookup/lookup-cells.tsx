"use client";
import { microsToMs, showValue } from "../format/index.ts";
import { cn } from "../ui/cn.ts";
import { RelativeTime } from "../ui/time.tsx";
import type { FeatureCell } from "./view-cells.ts";

export interface FeatureRow {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly cells: readonly FeatureCell[];
}

export function FeatureName({ row: { name, type, description } }: { readonly row: FeatureRow }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2" title={description || undefined}>
      <span className="truncate font-mono text-ink text-xs">{name}</span>
      <span className="shrink-0 font-mono text-2xs text-ink-3">{type}</span>
    </span>
  );
}

export function isValue(cell: FeatureCell | undefined): boolean {
  return cell?.status === "PRESENT" || cell?.status === "NULL_VALUE";
}

export function Value({ value, type, isShown }: { readonly value: unknown; readonly type: string; readonly isShown: boolean }) {
  if (!isShown) return <span className="text-ink-3">–</span>;
  const { text, kind } = showValue(value, type);
  return (
    <span title={text} className={cn("tabular block truncate font-mono text-ink text-xs", kind === "null" && "text-ink-3 italic")}>
      {text}
    </span>
  );
}

export function Moment({ micros, none }: { readonly micros: bigint | null; readonly none: string }) {
  return micros === null ? <span className="text-ink-3">{none}</span> : <RelativeTime at={microsToMs(micros)} className="text-ink" />;
}
