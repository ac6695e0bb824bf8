"use client";
import { Area, Bar, CartesianGrid, Cell, ComposedChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import type { ShownDay } from "../../trpc/index.ts";
import { formatCount, formatCountShort } from "../format/index.ts";
import { dateOf } from "./day-strip.tsx";

const TICK = { fill: "var(--ink-3)", fontSize: 11 };

/** Rows of each day over the band of what such a day usually has. */
export function QualityChart({ days }: { readonly days: readonly ShownDay[] }) {
  const data = days.map((day) => ({ ...day, date: dateOf(day.at).slice(5), usual: day.usualRows === null ? null : [day.usualRows.low, day.usualRows.high] }));
  return (
    <ResponsiveContainer width="100%" height={200} initialDimension={{ width: 700, height: 200 }}>
      <ComposedChart data={data} margin={{ top: 8, right: 12, bottom: 4, left: 4 }} barCategoryGap="20%" accessibilityLayer={false}>
        <CartesianGrid stroke="var(--line)" vertical={false} />
        <XAxis
          dataKey="date"
          tick={TICK}
          tickLine={false}
          axisLine={{ stroke: "var(--line-strong)" }}
          minTickGap={24}
          height={38}
          label={{ value: "day of event time, UTC", position: "insideBottom", offset: 2, ...TICK }}
        />
        <YAxis
          tick={TICK}
          tickLine={false}
          axisLine={false}
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

interface DayTipProps {
  readonly active?: boolean;
  readonly payload?: readonly { readonly payload?: ShownDay }[];
}

function DayTip({ active = false, payload = [] }: DayTipProps) {
  const day = payload[0]?.payload;
  if (!active || !day) return null;
  return (
    <div className="tabular max-w-80 rounded-md border border-line-strong bg-raised px-2 py-1 text-ink text-xs shadow-pop">
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
    </div>
  );
}
