"use client";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatCountShort, formatRate, formatSeconds } from "../format/index.ts";
import type { RatePoint } from "./rate-points.ts";

interface RateChartProps {
  readonly points: readonly RatePoint[];
  readonly unit: string;
}

const TICK = { fill: "var(--ink-3)", fontSize: 11 };

/** How fast a run went, over its time. */
export function RateChart({ points, unit }: RateChartProps) {
  return (
    <ResponsiveContainer width="100%" height={180} initialDimension={{ width: 600, height: 180 }}>
      <LineChart data={[...points]} margin={{ top: 8, right: 16, bottom: 4, left: 4 }} accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="seconds"
          type="number"
          domain={[0, "dataMax"]}
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          tickFormatter={(seconds: number) => formatSeconds(seconds)}
          height={38}
          label={{ value: "time since the start", position: "insideBottom", offset: 2, ...TICK }}
        />
        <YAxis
          tick={TICK}
          tickLine={false}
          axisLine={false}
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

interface PointTipProps {
  readonly unit: string;
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: RatePoint }[];
}

function PointTip({ unit, active = false, payload = [] }: PointTipProps) {
  const point = payload[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="tabular rounded-md border border-line-strong bg-raised px-2 py-1 text-ink text-xs shadow-pop">
      <p className="text-ink-2">
        {point.stage}, after {formatSeconds(point.seconds)}
      </p>
      <p className="font-medium">{formatRate(point.perSecond).replace("/s", ` ${unit}/s`)}</p>
      <p className="text-ink-2">
        {formatCount(point.done)} {unit} done
      </p>
    </div>
  );
}
