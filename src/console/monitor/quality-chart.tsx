"use client";
import { Area, Bar, CartesianGrid, Cell, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { ShownDay } from "../../trpc/index.ts";
import { formatCount, formatCountShort } from "../format/index.ts";
import { below, ChartTip, GRID, pointUnder, TICK, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";
import { dateOf } from "./day-strip.tsx";

/** Rows of each day over the band of what such a day usually has. */
export function QualityChart({ days }: { readonly days: readonly ShownDay[] }) {
  const data = days.map((day) => ({ ...day, date: dateOf(day.at).slice(5), usual: day.usualRows === null ? null : [day.usualRows.low, day.usualRows.high] }));
  return (
    <ResponsiveContainer width="100%" height={200} initialDimension={{ width: 700, height: 200 }}>
      <ComposedChart data={data} margin={{ top: 8, right: 12, bottom: 4, left: 4 }} barCategoryGap="20%" accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="date" {...X_AXIS} minTickGap={24} height={38} label={below("day of event time, UTC")} />
        <YAxis
          {...Y_AXIS}
          width={52}
          tickFormatter={(count: number) => formatCountShort(count)}
          label={{ value: "rows", angle: -90, position: "insideLeft", offset: 10, ...TICK }}
        />
        <Tooltip content={<DayTip />} cursor={{ fill: "var(--hover)" }} isAnimationActive={false} />
        <Area
          dataKey="usual"
          type="step"
          fill="var(--ink-3)"
          fillOpacity={0.15}
          stroke="var(--ink-3)"
          strokeOpacity={0.5}
          strokeDasharray="3 3"
          isAnimationActive={false}
        />
        <Bar dataKey="rows" isAnimationActive={false} radius={[2, 2, 0, 0]}>
          {data.map(({ at, state }) => (
            <Cell
              key={at.getTime()}
              fill={state === "bad" ? "var(--bad)" : "var(--accent-solid)"}
              fillOpacity={state === "bad" ? 1 : 0.7}
              stroke={state === "bad" ? "var(--ink)" : "none"}
            />
          ))}
        </Bar>
      </ComposedChart>
    </ResponsiveContainer>
  );
}

function DayTip(tip: TipOf<ShownDay>) {
  const day = pointUnder(tip);
  if (day === null) return null;
  return (
    <ChartTip className="max-w-80">
      <p className="text-ink-2">{dateOf(day.at)}</p>
      <p className="font-medium">{formatCount(day.rows)} rows</p>
      {day.usualRows && (
        <p className="text-ink-2">
          usually {formatCount(day.usualRows.low)} to {formatCount(day.usualRows.high)}
        </p>
      )}
      {day.findings.map(({ kind, text }) => (
        <p key={`${kind}:${text}`}>
          {kind}: {text}
        </p>
      ))}
    </ChartTip>
  );
}
