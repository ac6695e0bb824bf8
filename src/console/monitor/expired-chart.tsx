"use client";
import { CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { formatCount, formatShare, formatUtc } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { below, beside, ChartTip, GRID, pointUnder, type TipOf, X_AXIS, Y_AXIS } from "../ui/chart-parts.tsx";

type Sample = Outputs["monitor"]["view"]["expirySamples"][number];

interface ExpiredPoint {
  readonly at: number;
  /** Null: nobody looked, and the line has a gap. */
  readonly share: number | null;
  readonly sample: Sample | null;
}

const HEIGHT = 168;
const HOUR_MS = 3_600_000;
/** Rows are looked at once an hour; a hole longer than this is a gap. */
const GAP_MS = 2.5 * HOUR_MS;
const DOTS_MAX = 48;

/** Shares in the order of time, with a gap wherever nobody looked for hours. */
export function expiredPoints(samples: readonly Sample[]): readonly ExpiredPoint[] {
  return samples.flatMap((sample, index) => {
    const at = sample.at.getTime();
    const before = samples[index - 1]?.at.getTime() ?? at;
    const point = { at, share: sample.looked === 0 ? null : sample.expired / sample.looked, sample };
    return at - before > GAP_MS ? [{ at: before + HOUR_MS, share: null, sample: null }, point] : [point];
  });
}

/** Which share of a view's online keys was expired, hour by hour. */
export function ExpiredChart({ samples }: { readonly samples: readonly Sample[] }) {
  const points = expiredPoints(samples);
  const [first = 0, last = 1] = [points[0]?.at, points.at(-1)?.at];
  const isDays = last - first > 36 * HOUR_MS;
  return (
    <ResponsiveContainer width="100%" height={HEIGHT} initialDimension={{ width: 500, height: HEIGHT }}>
      <LineChart data={[...points]} margin={{ top: 8, right: 16, bottom: 4, left: 4 }} accessibilityLayer={false}>
        <CartesianGrid {...GRID} />
        <XAxis
          dataKey="at"
          type="number"
          scale="time"
          domain={[first - HOUR_MS, last + HOUR_MS]}
          {...X_AXIS}
          tickFormatter={(at: number) => (isDays ? formatUtc(at).slice(5, 10) : formatUtc(at).slice(11, 16))}
          minTickGap={28}
          height={38}
          label={below("hour, UTC")}
        />
        <YAxis
          {...Y_AXIS}
          width={64}
          domain={[0, 1]}
          ticks={[0, 0.25, 0.5, 0.75, 1]}
          tickFormatter={(share: number) => `${Math.round(share * 100)} %`}
          label={beside("expired keys")}
        />
        <Tooltip content={<HourTip />} cursor={{ stroke: "var(--line-strong)" }} isAnimationActive={false} />
        <Line
          dataKey="share"
          type="linear"
          stroke="var(--accent-solid)"
          strokeWidth={1.75}
          connectNulls={false}
          isAnimationActive={false}
          dot={points.length <= DOTS_MAX && { r: 2.5, fill: "var(--accent-solid)", stroke: "none" }}
        />
      </LineChart>
    </ResponsiveContainer>
  );
}

function HourTip(tip: TipOf<ExpiredPoint>) {
  const sample = pointUnder(tip)?.sample ?? null;
  if (sample === null) return null;
  return (
    <ChartTip>
      <p className="text-ink-2">{formatUtc(sample.at.getTime()).slice(0, 16)} UTC</p>
      <p>
        <span className="font-medium">{sample.looked === 0 ? "no rows" : formatShare(sample.expired / sample.looked)}</span>{" "}
        <span className="text-ink-2">
          {formatCount(sample.expired)} of {formatCount(sample.looked)} keys
        </span>
      </p>
    </ChartTip>
  );
}
