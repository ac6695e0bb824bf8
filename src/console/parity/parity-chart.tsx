"use client";
import { Bar, BarChart, CartesianGrid, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatShare } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { below, beside, ChartTip, GRID, pointUnder, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";

type Day = Outputs["parity"]["view"]["days"][number];

interface DayPoint extends Day {
  readonly date: string;
  /** Null: nothing was compared. */
  readonly share: number | null;
}

const HEIGHT = 176;
const DAY_MS = 86_400_000;
/** More labels than these do not stand beside each other. */
const LABELS_MAX = 7;
/** An axis that ends here at least: a trace must not look like all of it. */
const AXIS_MIN = 0.05;

/** Every day from the first to the last one, also those without anything to compare. */
export function dayPoints(days: readonly Day[]): readonly DayPoint[] {
  const byDay = new Map(days.map((day) => [day.day.getTime(), day]));
  const [first = 0, last = -1] = [days[0]?.day.getTime(), days.at(-1)?.day.getTime()];
  return Array.from({ length: Math.round((last - first) / DAY_MS) + 1 }, (_, index) => {
    const day = new Date(first + index * DAY_MS);
    const { compared, mismatches } = byDay.get(day.getTime()) ?? { compared: 0, mismatches: 0 };
    return { day, compared, mismatches, date: day.toISOString().slice(5, 10), share: compared === 0 ? null : mismatches / compared };
  });
}

/** Which share of the compared served rows differed from the history, day by day. */
export function ParityChart({ days }: { readonly days: readonly Day[] }) {
  const points = dayPoints(days);
  const highest = Math.max(AXIS_MIN, ...points.map(({ share }) => share ?? 0));
  return (
    <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 700, height: HEIGHT }}>
      <BarChart data={[...points]} margin={{ top: 18, right: 12, bottom: 4, left: 4 }} barCategoryGap="20%" accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="date" {...X_AXIS} minTickGap={24} height={38} label={below("day served, UTC")} />
        <YAxis
          {...Y_AXIS}
          width={60}
          domain={[0, Math.min(1, highest * 1.1)]}
          tickFormatter={(share: number) => formatShare(share)}
          label={beside("differing")}
        />
        <Tooltip content={<DayTip />} cursor={{ fill: "var(--hover)" }} isAnimationActive={false} />
        <Bar dataKey="share" fill="var(--accent-solid)" maxBarSize={48} minPointSize={1} isAnimationActive={false}>
          {points.length <= LABELS_MAX && (
            <LabelList
              dataKey={({ share, compared }: DayPoint) => (share === null ? "" : `${formatShare(share)} of ${formatCount(compared)}`)}
              content={(props) => <ShareLabel {...props} />}
            />
          )}
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Above its bar, on one line however narrow that is. */
function ShareLabel({ x, y, width, value }: { readonly x?: unknown; readonly y?: unknown; readonly width?: unknown; readonly value?: unknown }) {
  return (
    <text x={Number(x) + Number(width) / 2} y={Number(y) - 5} textAnchor="middle" fill="var(--ink-2)" fontSize={11}>
      {String(value ?? "")}
    </text>
  );
}

function DayTip(tip: TipOf<DayPoint>) {
  const point = pointUnder(tip);
  if (point === null) return null;
  return (
    <ChartTip>
      <p className="text-ink-2">{point.day.toISOString().slice(0, 10)}</p>
      <p>
        <span className="font-medium">{point.share === null ? "none compared" : formatShare(point.share)}</span>{" "}
        <span className="text-ink-2">
          {formatCount(point.mismatches)} of {formatCount(point.compared)} rows differ
        </span>
      </p>
    </ChartTip>
  );
}
