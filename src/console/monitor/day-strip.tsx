import type { ShownDay } from "../../trpc/index.ts";
import { formatCount, plural } from "../format/index.ts";
import { cn } from "../ui/cn.ts";

/** Height grows with what is wrong, so that the strip reads without colour too. */
const LOOKS = {
  good: "h-[30%] bg-good/70",
  bad: "h-full bg-bad",
  "insufficient data": "h-[30%] border border-ink-3/60",
} as const satisfies Record<ShownDay["state"], string>;

/** The last days of a view, a day a bar, the newest on the right. */
export function DayStrip({ view, days }: { readonly view: string; readonly days: readonly ShownDay[] }) {
  return (
    <div role="img" aria-label={`${view}: ${summary(days)}`} className="flex h-5 w-full min-w-28 items-end gap-px">
      {days.map(({ at, state, rows, findings }) => (
        <span
          key={at.getTime()}
          title={`${dateOf(at)}, ${formatCount(rows)} rows: ${findings.length === 0 ? state : findings.map(({ text }) => text).join("; ")}`}
          className="flex h-full min-w-px flex-1 items-end bg-sunken"
        >
          <span className={cn("block w-full rounded-[1px]", LOOKS[state])} />
        </span>
      ))}
    </div>
  );
}

export function dateOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

function summary(days: readonly ShownDay[]): string {
  if (days.length === 0) return "no day is over yet";
  const bad = days.filter(({ state }) => state === "bad").length;
  return `${plural(bad, "bad day")} of ${days.length}`;
}
