"use client";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatCountShort, formatRate, formatSeconds } from "../format/index.ts";
import { below, ChartTip, GRID, pointUnder, TICK, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";
import type { RatePoint } from "./rate-points.ts";

interface RateChartProps {
  readonly points: readonly RatePoint[];
  readonly unit: string;
}

/** How fast a run went, over its time. */
export function RateChart({ points, unit }: RateChartProps) {
  return (
    <ResponsiveContainer width="100%" height={180} initialDimension={{ width: 600, height: 180 }}>
      <LineChart data={[...points]} margin={{ top: 8, right: 16, bottom: 4, left: 4 }} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="seconds"
          type="number"
          domain={[0, "dataMax"]}
          {...X_AXIS}
          tickFormatter={(seconds: number) => formatSeconds(seconds)}
          height={38}
          label={below("time since the start")}
        />
        <YAxis
          {...Y_AXIS}
          width={56}
          tickFormatter={(rate: number) => formatCountShort(rate)}
          label={{ value: `${unit}/s`, angle: -90, position: "insideLeft", offset: 10, ...TICK }}
        />
        <Tooltip content={<PointTip unit={unit} />} cursor={{ stroke: "var(--line-strong)" }} isAnimationActive={false} />
        <Line dataKey="perSecond" stroke="var(--accent-solid)" strokeWidth={1.75} dot={points.length < 3} isAnimationActive={false} type="linear" />
      </LineChart>
    </ResponsiveContainer>
  );
}

function PointTip({ unit, ...tip }: TipOf<RatePoint> & { readonly unit: string }) {
  const point = pointUnder(tip);
  if (point === null) return null;
  return (
    <ChartTip>
      <p className="text-ink-2">
        {point.stage}, after {formatSeconds(point.seconds)}
      </p>
      <p className="font-medium">{formatRate(point.perSecond).replace("/s", ` ${unit}/s`)}</p>
      <p className="text-ink-2">
        {formatCount(point.done)} {unit} done
      </p>
    </ChartTip>
  );
}
