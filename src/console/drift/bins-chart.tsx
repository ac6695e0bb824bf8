"use client";
import { Bar, BarChart, CartesianGrid, Cell, LabelList, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatScore, formatShare } from "../format/index.ts";
import { below, beside, ChartTip, GRID, pointUnder, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";
import type { ShownBin } from "./moved-bins.ts";

/** More labels than these do not stand beside each other. */
const FLAT_MAX = 12;
const BINS_HEIGHT = 280;

interface BinsChartProps {
  readonly bins: readonly ShownBin[];
  readonly isNumeric: boolean;
}

/** The baseline as an outline over the bars of the window, on the bins frozen on the baseline; those that moved are striped and say their share. */
export function BinsChart({ bins, isNumeric }: BinsChartProps) {
  const rows = bins.map((bin, at) => ({ ...bin, at })); // a category may have the name of another bin
  const isSlanted = !isNumeric && bins.length > FLAT_MAX / 2;
  return (
    <ResponsiveContainer width="100%" height={BINS_HEIGHT} initialDimension={{ width: 700, height: BINS_HEIGHT }}>
      <BarChart data={rows} margin={{ top: 18, right: 12, bottom: 4, left: 4 }} barCategoryGap={isNumeric ? 2 : "18%"} accessibilityLayer={false}>
        <defs>
          <pattern id="moved" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" style={{ fill: "var(--accent-solid)" }} />
            <rect width="2" height="6" style={{ fill: "var(--panel)", fillOpacity: 0.45 }} />
          </pattern>
          <pattern id="moved-away" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="2" height="6" style={{ fill: "var(--accent-solid)" }} />
          </pattern>
        </defs>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="at"
          {...X_AXIS}
          tickFormatter={(at: number) => bins[at]?.tick ?? ""}
          interval={isNumeric || bins.length > FLAT_MAX ? "preserveStartEnd" : 0}
          minTickGap={6}
          angle={isSlanted ? -28 : 0}
          textAnchor={isSlanted ? "end" : "middle"}
          height={isSlanted ? 70 : 40}
          label={below(isNumeric ? "value, in tenths of the baseline" : "category")}
        />
        <XAxis xAxisId="baseline" dataKey="at" hide />
        <XAxis xAxisId="labels" dataKey="at" hide />
        <YAxis {...Y_AXIS} width={56} tickFormatter={(share: number) => `${Math.round(share * 100)} %`} label={beside("share of rows")} />
        <Tooltip content={<BinTip />} cursor={{ fill: "var(--hover)" }} isAnimationActive={false} />
        <Bar dataKey="currentShare" fill="var(--accent-solid)" isAnimationActive={false}>
          {rows.map(({ at, isMoved }) => (
            <Cell key={at} fill={isMoved ? "url(#moved)" : "var(--accent-solid)"} fillOpacity={isMoved ? 1 : 0.4} />
          ))}
        </Bar>
        <Bar xAxisId="baseline" dataKey="baselineShare" fill="none" stroke="var(--ink)" strokeWidth={1.25} isAnimationActive={false}>
          {rows.map(({ at, isMoved, currentShare, baselineShare }) => (
            <Cell key={at} fill={isMoved && currentShare < baselineShare ? "url(#moved-away)" : "none"} />
          ))}
        </Bar>
        {/* As high as the higher of the two, and not to be seen: a bin that lost all its rows has no bar to say so. */}
        <Bar
          xAxisId="labels"
          dataKey={({ currentShare, baselineShare }: ShownBin) => Math.max(currentShare, baselineShare)}
          fill="none"
          isAnimationActive={false}
        >
          <LabelList dataKey={({ isMoved, shareOfPsi }: ShownBin) => (isMoved ? formatShare(shareOfPsi) : "")} content={(props) => <MovedLabel {...props} />} />
        </Bar>
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Above its bar, on one line however narrow that is. */
function MovedLabel({ x, y, width, value }: { readonly x?: unknown; readonly y?: unknown; readonly width?: unknown; readonly value?: unknown }) {
  return (
    <text x={Number(x) + Number(width) / 2} y={Number(y) - 5} textAnchor="middle" fill="var(--ink)" fontSize={11} fontWeight={600}>
      {String(value ?? "")}
    </text>
  );
}

function BinTip(tip: TipOf<ShownBin>) {
  const bin = pointUnder(tip);
  if (bin === null) return null;
  return (
    <ChartTip>
      <p className="font-medium">{bin.label}</p>
      <p>
        this window {formatShare(bin.currentShare)} <span className="text-ink-2">of rows, n = {formatCount(bin.current)}</span>
      </p>
      <p>
        baseline {formatShare(bin.baselineShare)} <span className="text-ink-2">of rows, n = {formatCount(bin.baseline)}</span>
      </p>
      <p className="text-ink-2">
        {formatScore(bin.psi)} of the PSI, {formatShare(Math.max(0, bin.shareOfPsi))}
      </p>
    </ChartTip>
  );
}
