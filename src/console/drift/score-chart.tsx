"use client";
import {
  CartesianGrid,
  ComposedChart,
  type DotProps,
  Line,
  ReferenceArea,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import type { ShownRun, ShownWindow } from "../../trpc/index.ts";
import { formatP, formatScore, formatUtc } from "../format/index.ts";
import { below, beside, ChartTip, GRID, pointUnder, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";
import { axisEnd, type Score, type ScorePoint, scorePoints, verdictBands } from "./score-points.ts";
import { type Verdict, VerdictMark } from "./verdict-mark.tsx";
import { rowsText, windowName } from "./windows.ts";

const SCORE_HEIGHT = 260;
const BANDS: Readonly<Record<Verdict, string>> = {
  drift: "var(--bad-soft)",
  watch: "var(--attention-soft)",
  stable: "var(--good-soft)",
  "insufficient data": "var(--sunken)",
};
const INKS: Readonly<Record<Verdict, string>> = { drift: "var(--bad)", watch: "var(--attention)", stable: "var(--good)", "insufficient data": "var(--ink-3)" };
/** A band narrower than this share of the time has no room for its name. */
const NAMED_FROM = 0.12;

interface ScoreChartProps {
  readonly windows: readonly ShownWindow[];
  readonly score: Score;
  readonly threshold: number;
  readonly onset: Date | null;
  readonly selected: Date | null;
  readonly runs: readonly ShownRun[];
  readonly onSelect: (start: Date) => void;
}

const SCORE_NAMES: Readonly<Record<Score, string>> = { psi: "PSI", wassersteinSd: "W1/sd" };

/** A score over the windows, before bands of their verdicts; a click on a point chooses its window. */
export function ScoreChart({ windows, score, threshold, onset, selected, runs, onSelect }: ScoreChartProps) {
  const points = scorePoints(windows, score);
  const [first, last] = [windows[0]?.start.getTime() ?? 0, windows.at(-1)?.end.getTime() ?? 1];
  const marks = runs.map((run) => ({ run, at: (run.finishedAt ?? run.createdAt).getTime() })).filter(({ at }) => at >= first);
  const end = marks.reduce((latest, { at }) => Math.max(latest, at), last);
  const highest = points.reduce((most, point) => Math.max(most, point.score ?? 0), threshold);
  return (
    <ResponsiveContainer width="100%" height={SCORE_HEIGHT} initialDimension={{ width: 700, height: SCORE_HEIGHT }}>
      <ComposedChart
        data={[...points]}
        margin={{ top: 16, right: 16, bottom: 4, left: 4 }}
        accessibilityLayer={false}
        onClick={({ activeLabel }) => {
          const found = points.find(({ at }) => at === Number(activeLabel));
          if (found?.window) onSelect(found.window.start);
        }}
        style={{ cursor: "pointer" }}
      >
        {verdictBands(windows).map(({ from, to, verdict }) => (
          <ReferenceArea
            key={from}
            x1={from}
            x2={to}
            fill={BANDS[verdict]}
            fillOpacity={verdict === "stable" ? 0.5 : 1}
            stroke="none"
            {...((to - from) / (end - first) >= NAMED_FROM && { label: { value: verdict, position: "insideTop" as const, fill: INKS[verdict], fontSize: 11 } })}
          />
        ))}
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[first, end]}
          {...X_AXIS}
          tickFormatter={(at: number) => formatUtc(at).slice(5, 10)}
          minTickGap={28}
          height={38}
          label={below("window, UTC")}
        />
        <YAxis
          {...Y_AXIS}
          width={56}
          domain={[0, axisEnd(highest || 1)]}
          tickFormatter={(value: number) => Number(value.toPrecision(2)).toString()}
          label={beside(SCORE_NAMES[score])}
        />
        <ReferenceLine
          y={threshold}
          stroke="var(--ink-2)"
          strokeDasharray="5 3"
          label={{ value: `an effect from ${threshold}`, position: "insideBottomLeft", fill: "var(--ink-2)", fontSize: 11 }}
        />
        {onset && (
          <ReferenceLine
            x={onset.getTime()}
            stroke="var(--ink)"
            label={{
              value: `onset ${formatUtc(onset.getTime()).slice(0, 10)}`,
              position: (onset.getTime() - first) / (end - first) < 0.25 ? "insideTopLeft" : "insideTopRight",
              fill: "var(--ink)",
              fontSize: 11,
              dy: 14,
            }}
          />
        )}
        {marks.map(({ run, at }) => (
          <ReferenceDot key={run.id} x={at} y={0} r={3.5} fill="var(--panel)" stroke="var(--ink-2)" strokeWidth={1.5} ifOverflow="extendDomain" />
        ))}
        <Tooltip content={<PointTip />} cursor={{ stroke: "var(--line-strong)" }} isAnimationActive={false} />
        <Line
          dataKey="score"
          stroke="var(--ink)"
          strokeWidth={1.5}
          dot={(dot) => <Mark key={dot.key} {...dot} isSelected={dot.payload?.window?.start.getTime() === selected?.getTime()} />}
          activeDot={false}
          connectNulls={false}
          isAnimationActive={false}
          type="linear"
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}

interface MarkProps extends Pick<DotProps, "cx" | "cy"> {
  readonly payload?: ScorePoint;
  readonly isSelected: boolean;
}

/** A shape per verdict, so that the line reads without colour. */
function Mark({ cx, cy, payload, isSelected }: MarkProps) {
  const verdict = payload?.window?.verdict;
  if (typeof cx !== "number" || typeof cy !== "number" || verdict === undefined || payload?.score === null) return null;
  const ink = { fill: INKS[verdict], stroke: "var(--panel)", strokeWidth: 1 };
  return (
    <g data-verdict={verdict}>
      {isSelected && <circle cx={cx} cy={cy} r={8} fill="none" stroke="var(--accent)" strokeWidth={2} />}
      {verdict === "drift" && <rect x={cx - 4} y={cy - 4} width={8} height={8} {...ink} />}
      {verdict === "watch" && <path d={`M${cx} ${cy - 5}L${cx + 5} ${cy + 4}L${cx - 5} ${cy + 4}Z`} {...ink} />}
      {verdict === "stable" && <circle cx={cx} cy={cy} r={3.5} {...ink} />}
      {verdict === "insufficient data" && <circle cx={cx} cy={cy} r={3} fill="var(--panel)" stroke={INKS[verdict]} strokeWidth={1.5} />}
    </g>
  );
}

function PointTip(tip: TipOf<ScorePoint>) {
  const window = pointUnder(tip)?.window;
  if (!window) return null;
  return (
    <ChartTip>
      <p className="flex items-center justify-between gap-3">
        <span className="font-medium">{windowName(window)}</span>
        <VerdictMark verdict={window.verdict} />
      </p>
      <p>
        PSI {formatScore(window.psi)}
        {window.wassersteinSd !== null && `, W1/sd ${formatScore(window.wassersteinSd)}`}
        {window.adjustedP !== null && `, p ${formatP(window.adjustedP)}`}
      </p>
      <p className="text-ink-2">{rowsText(window)}</p>
    </ChartTip>
  );
}
