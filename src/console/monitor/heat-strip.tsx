import type { ShownFreshness } from "../../trpc/index.ts";
import { formatUtc, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";
import { Strip } from "../ui/strip.tsx";
import { TimelinessMark } from "./timeliness.tsx";

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
  /** The hour that is looked at. */
  readonly hour?: Date | null;
  readonly onOpen: (hour: Date | null) => void;
  readonly className?: string;
}

/** One view over time, an hour a bar, the newest on the right; hours that nobody saw are gaps. */
export function HeatStrip({ view, from, hours, cells, hour = null, onOpen, className }: HeatStripProps) {
  const byHour = new Map(cells.map((cell) => [cell.at.getTime(), cell]));
  return (
    <Strip
      label={`${view}: ${summary(cells)}`}
      places={Array.from({ length: hours }, (_, index) => byHour.get(from.getTime() + index * HOUR_MS) ?? null)}
      look={({ state }) => LOOKS[state]}
      text={hourText}
      tip={(cell) => <HourTip cell={cell} />}
      onOpen={(cell) => onOpen(cell?.at ?? null)}
      isMarked={({ at }) => at.getTime() === hour?.getTime()}
      {...(className && { className })}
    />
  );
}

/** "2026-11-23 14:00 to 15:00 UTC". */
export function hourName(at: Date): string {
  return `${formatUtc(at.getTime()).slice(0, 16)} to ${formatUtc(at.getTime() + HOUR_MS).slice(11, 16)} UTC`;
}

function causeWords({ cause }: Pick<HeatCell, "cause">): string {
  return cause === null ? "" : cause.replaceAll("_", " ");
}

function hourText(cell: HeatCell): string {
  return `${hourName(cell.at)}: ${cell.state}${cell.cause === null ? "" : `, ${causeWords(cell)}`}`;
}

function HourTip({ cell }: { readonly cell: HeatCell }) {
  return (
    <>
      <span className="flex items-center justify-between gap-3 whitespace-nowrap">
        <span className="font-medium">{hourName(cell.at)}</span>
        <TimelinessMark state={cell.state} />
      </span>
      {cell.cause !== null && <span className="block text-ink-2">{causeWords(cell)}</span>}
    </>
  );
}

/** A name that begins later than this would be cut off. */
const TICKS_UNTIL = 0.9;
const TICK_HOURS = { 24: 6, 72: 12, 168: 24 } as const;

/** The hours under which strips stand: midnights by their date, other hours by the clock. */
export function HourTicks({ from, hours }: { readonly from: Date; readonly hours: keyof typeof TICK_HOURS }) {
  const every = TICK_HOURS[hours];
  const ticks = Array.from({ length: Math.floor(hours * TICKS_UNTIL) }, (_, index) => index);
  const isTick = (index: number) => new Date(from.getTime() + index * HOUR_MS).getUTCHours() % every === 0;
  return (
    <span aria-hidden="true" className="tabular relative block h-4 min-w-40 overflow-hidden text-2xs text-ink-3">
      {ticks.filter(isTick).map((index) => {
        const text = formatUtc(from.getTime() + index * HOUR_MS);
        return (
          <span key={index} style={{ left: `${(100 * index) / hours}%` }} className="absolute border-line-strong border-l pl-1 leading-4">
            {text.slice(11, 13) === "00" ? text.slice(5, 10) : text.slice(11, 16)}
          </span>
        );
      })}
    </span>
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
export function HeatLegend({ hours }: { readonly hours: number }) {
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
      <li className="text-ink-3">an hour a bar, the worst it saw, from {hours === 24 ? "24 h" : `${hours / 24} d`} ago to now; gaps: nobody looked</li>
    </ul>
  );
}
