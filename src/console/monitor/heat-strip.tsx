import type { ShownFreshness } from "../../trpc/index.ts";
import { formatUtc, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";

export interface HeatCell {
  readonly at: Date;
  readonly state: ShownFreshness["state"];
  readonly cause: string | null;
}

const HOUR_MS = 3_600_000;
/** Height grows with what is wrong, so that the strip reads without colour too. */
const LOOKS = {
  "on time": "h-[30%] bg-good/70",
  "at risk": "h-[60%] bg-attention",
  late: "h-full bg-bad",
  unknown: "h-[30%] border border-ink-3/60",
} as const satisfies Record<HeatCell["state"], string>;

interface HeatStripProps {
  readonly view: string;
  readonly from: Date;
  readonly hours: number;
  readonly cells: readonly HeatCell[];
}

/** One view over time, an hour a bar, the newest on the right; hours that nobody saw are gaps. */
export function HeatStrip({ view, from, hours, cells }: HeatStripProps) {
  const byHour = new Map(cells.map((cell) => [cell.at.getTime(), cell]));
  const all = Array.from({ length: hours }, (_, index) => from.getTime() + index * HOUR_MS);
  return (
    <div role="img" aria-label={`${view}: ${summary(cells)}`} className="flex h-5 w-full min-w-40 items-end gap-px">
      {all.map((at) => {
        const cell = byHour.get(at);
        const title = cell ? `${formatUtc(at).slice(0, 16)}: ${cell.state}${cell.cause ? `, ${cell.cause.replaceAll("_", " ")}` : ""}` : undefined;
        return (
          <span key={at} title={title} className="flex h-full min-w-px flex-1 items-end bg-sunken">
            {cell && <span className={cn("block w-full rounded-[1px]", LOOKS[cell.state])} />}
          </span>
        );
      })}
    </div>
  );
}

function summary(cells: readonly HeatCell[]): string {
  if (cells.length === 0) return "nothing seen yet";
  const states = ["on time", "at risk", "late", "unknown"] as const;
  const counts = states.map((state) => ({ state, count: cells.filter((cell) => cell.state === state).length }));
  return counts
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${plural(count, "hour")} ${state}`)
    .join(", ");
}

/** What the bars mean. */
export function HeatLegend() {
  return (
    <ul className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2 text-xs" aria-label="What the bars mean">
      {(["on time", "at risk", "late", "unknown"] as const).map((state) => (
        <li key={state} className="flex items-center gap-1.5">
          <span className="flex h-4 w-2 items-end bg-sunken" aria-hidden="true">
            <span className={cn("block w-full rounded-[1px]", LOOKS[state])} />
          </span>
          {state}
        </li>
      ))}
      <li className="text-ink-3">an hour a bar, the worst it saw; gaps: nobody looked</li>
    </ul>
  );
}
