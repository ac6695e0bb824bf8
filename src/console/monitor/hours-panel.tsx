"use client";
import { useQueryStates } from "nuqs";
import { formatSeconds } from "../format/index.ts";
import type { Outputs } from "../shell/trpc.ts";
import { ChartFrame } from "../ui/chart-frame.tsx";
import type { FigureTable } from "../ui/figures.ts";
import { TextLink } from "../ui/link.tsx";
import { viewParams } from "../view/view-address.ts";
import { HeatLegend, HeatStrip, HourTicks, hourName } from "./heat-strip.tsx";
import { TimelinessMark } from "./timeliness.tsx";

const HOURS_SHOWN = 168;
const HOUR_MS = 3_600_000;

type Data = Outputs["monitor"]["view"];
type Sample = Data["samples"][number];

/** A view hour by hour; the hour of the address with what was seen in it. */
export function HoursPanel({ data: { freshness, samples } }: { readonly data: Data }) {
  const [{ hour }, setAddress] = useQueryStates(viewParams);
  const { view } = freshness;
  const newest = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const from = new Date(newest - (HOURS_SHOWN - 1) * HOUR_MS);
  const cells = samples.filter(({ at }) => at >= from);
  return (
    <ChartFrame
      title="Was it on time?"
      hint="the last 7 days, UTC; an hour opens by click"
      file={`freshness-${view}`}
      figures={figuresOf(cells)}
      foot={hour && <SeenIn hour={hour} view={view} sample={samples.find(({ at }) => at.getTime() === hour.getTime()) ?? null} />}
    >
      <div className="space-y-2 p-3">
        <div>
          <HeatStrip
            view={view}
            from={from}
            hours={HOURS_SHOWN}
            cells={cells}
            hour={hour}
            onOpen={(at) => void setAddress({ hour: at?.getTime() === hour?.getTime() ? null : at })}
            className="h-8"
          />
          <HourTicks from={from} hours={HOURS_SHOWN} />
        </div>
        <HeatLegend hours={HOURS_SHOWN} />
      </div>
    </ChartFrame>
  );
}

/** "2026-11-23 14:00 to 15:00 UTC: late, 9 h old against 8 h, source has no new rows." */
function SeenIn({ hour, view, sample }: { readonly hour: Date; readonly view: string; readonly sample: Sample | null }) {
  const runs = new URLSearchParams({ view, from: hour.toISOString(), to: new Date(hour.getTime() + HOUR_MS).toISOString() });
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-1 border-line border-t px-3 py-2 text-sm">
      <span className="tabular font-medium text-ink">{hourName(hour)}</span>
      {sample === null ? (
        <span className="text-ink-2">Nobody looked in this hour.</span>
      ) : (
        <>
          <TimelinessMark state={sample.state} />
          <span className="text-ink-2">
            {sample.ageSecondsMax !== null && `at most ${formatSeconds(Math.max(0, sample.ageSecondsMax))} old`}
            {sample.objectiveSeconds !== null && ` against ${formatSeconds(sample.objectiveSeconds)}`}
            {sample.cause !== null && `, ${sample.cause.replaceAll("_", " ")}`}
          </span>
        </>
      )}
      <TextLink href={`/runs?${runs}`}>Runs of this hour</TextLink>
    </p>
  );
}

function figuresOf(cells: readonly Sample[]): FigureTable {
  return {
    columns: [
      { name: "hour" },
      { name: "worst" },
      { name: "oldest it got", format: formatSeconds },
      { name: "objective", format: formatSeconds },
      { name: "why" },
    ],
    rows: cells
      .toReversed()
      .map(({ at, state, ageSecondsMax, objectiveSeconds, cause }) => [at, state, ageSecondsMax, objectiveSeconds, cause?.replaceAll("_", " ") ?? null]),
  };
}
