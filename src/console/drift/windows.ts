import type { ShownWindow } from "../../trpc/index.ts";
import { formatCount, formatP, formatScore, formatUtc, plural } from "../format/index.ts";
import type { Verdict } from "./verdict-mark.tsx";

const DAY_MS = 86_400_000;

type Span = Pick<ShownWindow, "start" | "end">;

/** The name of a window: its day, or its hours where it is shorter; "2026-11-16 to 2026-11-22" where it is longer. UTC. */
export function windowName({ start, end }: Span): string {
  const [from, length] = [formatUtc(start.getTime()), end.getTime() - start.getTime()];
  if (length < DAY_MS) return `${from.slice(0, 16)}–${formatUtc(end.getTime()).slice(11, 16)}`;
  return length === DAY_MS ? from.slice(0, 10) : `${from.slice(0, 10)} to ${formatUtc(end.getTime() - 1).slice(0, 10)}`;
}

/** A window in the address: where it begins. */
export function windowParam(start: Date): string {
  return start.toISOString().replace(".000Z", "Z");
}

export function driftHref(view: string, feature: string, start?: Date): string {
  const path = `/monitoring/drift/${encodeURIComponent(view)}/${encodeURIComponent(feature)}`;
  return start ? `${path}?window=${windowParam(start)}` : path;
}

/** "n = 1,000 vs 1,000": rows of the window against those of its baseline. */
export function rowsText({ currentRows, baselineRows }: Pick<ShownWindow, "currentRows" | "baselineRows">): string {
  return `n = ${formatCount(currentRows)} vs ${formatCount(baselineRows)}`;
}

/** All that there is to say of a window, for who cannot see it. */
export function windowText(cell: ShownWindow): string {
  const { verdict, psi, adjustedP } = cell;
  const p = adjustedP === null ? "" : `, p ${formatP(adjustedP)}`;
  return `${windowName(cell)}: ${verdict}, PSI ${formatScore(psi)}${p}, ${rowsText(cell)}`;
}

/** Places of a strip, the newest last; null where no window was judged. */
export function placesOf<T extends Span>(cells: readonly T[], last: Span, count: number): readonly (T | null)[] {
  const length = last.end.getTime() - last.start.getTime();
  const byStart = new Map(cells.map((cell) => [cell.start.getTime(), cell]));
  return Array.from({ length: count }, (_, index) => byStart.get(last.start.getTime() - (count - 1 - index) * length) ?? null);
}

/** "10 windows drift, 17 stable". */
export function verdictsText(cells: readonly Pick<ShownWindow, "verdict">[]): string {
  const order: readonly Verdict[] = ["drift", "watch", "stable", "insufficient data"];
  const counts = order.map((verdict) => ({ verdict, count: cells.filter((cell) => cell.verdict === verdict).length })).filter(({ count }) => count > 0);
  return counts.map(({ verdict, count }, index) => `${index === 0 ? plural(count, "window") : count} ${verdict}`).join(", ") || "no window judged";
}
