import type { ReactNode } from "react";
import { cn } from "./cn.ts";

/* What all charts have in common: the look of their axes, and of what is said of the point under the pointer. */

export const TICK = { fill: "var(--ink-3)", fontSize: 11 };
export const GRID = { stroke: "var(--line)", vertical: false };
export const X_AXIS = { tick: TICK, tickLine: false, axisLine: { stroke: "var(--line-strong)" } };
export const Y_AXIS = { tick: TICK, tickLine: false, axisLine: false };

/** The name of an axis that lies below. */
export function below(value: string) {
  return { value, position: "insideBottom", offset: 2, ...TICK } as const;
}

/** The name of an axis that stands on the left, along its middle. */
export function beside(value: string) {
  return { value, angle: -90, position: "insideLeft", offset: 8, style: { textAnchor: "middle" }, ...TICK } as const;
}

/** What recharts hands to the content of a tooltip. */
export interface TipOf<Point> {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: Point }[];
}

/** The point that a tooltip is about; null: the pointer is on none. */
export function pointUnder<Point>({ active = false, payload = [] }: TipOf<Point>): Point | null {
  return active ? (payload[0]?.payload ?? null) : null;
}

export function ChartTip({ className, children }: { readonly className?: string; readonly children: ReactNode }) {
  return <div className={cn("tabular rounded-md border border-line-strong bg-raised px-2 py-1 text-ink text-xs shadow-pop", className)}>{children}</div>;
}
