"use client";
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatCountShort, formatFigure, formatShare } from "../format/index.ts";
import { below, ChartTip, GRID, pointUnder, TICK, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";
import type { Profile } from "../view/use-profiles.ts";

type Bin = Profile["histogram"][number];

const LABEL_MAX = 12;

/** How many rows hold a value of each bin. */
export function DistributionChart({ profile: { histogram, rows } }: { readonly profile: Profile }) {
  const isNumeric = histogram[0]?.low !== null;
  return (
    <ResponsiveContainer width="100%" height={220} initialDimension={{ width: 700, height: 220 }}>
      <BarChart data={[...histogram]} margin={{ top: 8, right: 12, bottom: 4, left: 4 }} barCategoryGap={isNumeric ? 1 : "20%"} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey={(bin: Bin) => (bin.low === null ? short(bin.label) : formatFigure(bin.low))}
          {...X_AXIS}
          interval={isNumeric ? "preserveStartEnd" : 0}
          minTickGap={24}
          height={38}
          label={below(isNumeric ? "value, from the left edge of each bin" : "most frequent values")}
        />
        <YAxis
          {...Y_AXIS}
          width={52}
          tickFormatter={(count: number) => formatCountShort(count)}
          label={{ value: "rows", angle: -90, position: "insideLeft", offset: 10, ...TICK }}
        />
        <Tooltip content={<BinTip rows={rows} />} cursor={{ fill: "var(--hover)" }} isAnimationActive={false} />
        <Bar dataKey="count" fill="var(--accent-solid)" fillOpacity={0.8} isAnimationActive={false} radius={[2, 2, 0, 0]} />
      </BarChart>
    </ResponsiveContainer>
  );
}

function BinTip({ rows, ...tip }: TipOf<Bin> & { readonly rows: number }) {
  const bin = pointUnder(tip);
  if (bin === null) return null;
  return (
    <ChartTip>
      <p className="text-ink-2">{bin.label}</p>
      <p className="font-medium">{formatCount(bin.count)} rows</p>
      <p className="text-ink-2">
        {formatShare(rows === 0 ? 0 : bin.count / rows)} of {formatCount(rows)}
      </p>
    </ChartTip>
  );
}

function short(label: string): string {
  return label.length > LABEL_MAX ? `${label.slice(0, LABEL_MAX - 1)}…` : label;
}
