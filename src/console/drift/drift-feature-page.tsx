"use client";
import { useQuery } from "@tanstack/react-query";
import { Hourglass, Play } from "lucide-react";
import { useQueryStates } from "nuqs";
import { formatP, formatScore, formatUtc } from "../format/index.ts";
import { RunTable } from "../run/run-table.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { AppLink, TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { Tile, Tiles } from "../ui/tile.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AboutDrift } from "./about-drift.tsx";
import { BinsPanel } from "./bins-panel.tsx";
import { driftFeatureInput, driftFeatureParams } from "./feature-address.ts";
import type { SelectedWindow } from "./moved-bins.ts";
import { ScorePanel } from "./score-panel.tsx";
import { ScoresPanel } from "./scores-panel.tsx";
import { SegmentsPanel } from "./segments-panel.tsx";
import { MEANING, VerdictMark } from "./verdict-mark.tsx";
import { WindowPicker } from "./window-picker.tsx";
import { rowsText, windowName } from "./windows.ts";

const REFRESH_MS = 20_000;
const RUNS_SHOWN = 10;

type Data = Outputs["drift"]["feature"];

/** The drift of one feature: what moved, since when, which rows, who is hit. */
export function DriftFeaturePage({ view, feature }: { readonly view: string; readonly feature: string }) {
  const trpc = useTRPC();
  const [address] = useQueryStates(driftFeatureParams);
  const query = useQuery(
    trpc.drift.feature.queryOptions(driftFeatureInput(view, feature, address), {
      // Another window of the same feature takes the place of this one without a blank page between.
      placeholderData: (shown) => (shown?.feature === feature && shown.view.name === view ? shown : undefined),
      refetchInterval: REFRESH_MS,
    }),
  );
  const crumbs = [{ text: "Monitoring", href: "/monitoring" }, { text: "Drift", href: "/monitoring/drift" }, { text: `${feature} of ${view}` }];
  return (
    <Page crumbs={crumbs}>
      <QueryRegion query={query} what={`the drift of ${feature}`} loading={<PageSkeleton />}>
        {(data) => <Body data={data} />}
      </QueryRegion>
    </Page>
  );
}

function Body({ data }: { readonly data: Data }) {
  const [address, setAddress] = useQueryStates(driftFeatureParams, { history: "push" });
  const { view, feature, selected, windows, columns, runs, isMissing, now } = data;
  const newest = windows.at(-1);
  const select = (start: Date) => void setAddress({ window: start.getTime() === newest?.start.getTime() ? null : start });
  return (
    <>
      <Head data={data} />
      {selected === null ? (
        <NotJudged data={data} />
      ) : (
        <div className="mt-4 space-y-4">
          <WindowPicker windows={windows} selected={selected} onSelect={select} />
          {isMissing && (
            <p role="status" className="rounded-md border border-line bg-attention-soft px-3 py-1.5 text-ink text-xs">
              The window of this address is not judged, or not kept any more; this is the newest one.
            </p>
          )}
          {now?.isWeekly && (
            <p role="status" className="rounded-md border border-line bg-attention-soft px-3 py-1.5 text-ink text-xs">
              It looks like a rhythm of the week: a week before it drifted alike, and mostly not in between. Compared to the same hours of past weeks, what{" "}
              {feature} does every week is no drift:{" "}
              <TextLink href={`/views/${encodeURIComponent(view.name)}?tab=monitoring`}>choose another baseline of {view.name}</TextLink>.
            </p>
          )}
          <Figures selected={selected} data={data} />
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_340px]">
            <div className="min-w-0 space-y-4">
              <BinsPanel view={view.name} feature={feature} selected={selected} />
              <ScorePanel data={data} onSelect={select} />
              <SegmentsPanel
                view={view.name}
                feature={feature}
                window={selected}
                columns={columns}
                by={address.by}
                onBy={(by) => void setAddress({ by }, { history: "replace" })}
              />
              <Panel title="Runs around it" hint="of the view, while these windows went by">
                {runs.length > 0 ? (
                  <RunTable caption="Runs around it" runs={runs.slice(0, RUNS_SHOWN)} ofOneView />
                ) : (
                  <EmptyState icon={Play} title="It did not run" compact>
                    No run of the view while these windows went by.
                  </EmptyState>
                )}
              </Panel>
            </div>
            <div className="min-w-0 space-y-4">
              <AboutDrift data={data} selected={selected} />
              <ScoresPanel selected={selected} />
            </div>
          </div>
        </div>
      )}
    </>
  );
}

function Head({ data: { view, feature, type, now, incident } }: { readonly data: Data }) {
  return (
    <PageTitle
      title={<span className="font-mono">{feature}</span>}
      kind={
        <>
          drift of a <span className="font-mono text-xs">{type}</span> feature of{" "}
          <TextLink href={`/views/${encodeURIComponent(view.name)}?tab=monitoring`}>{view.name}</TextLink>
        </>
      }
      description={now ? MEANING[now.verdict] : undefined}
      facts={
        <>
          {now && <VerdictMark verdict={now.verdict} className="font-medium" />}
          {now?.since && (
            <span className="text-ink-2">
              since {formatUtc(now.since.getTime()).slice(0, 10)}, <RelativeTime at={now.since} />
            </span>
          )}
          <span className="text-ink-2">{view.team ? `team ${view.team}` : view.owner ? `owner ${view.owner}` : "nobody's"}</span>
        </>
      }
      actions={
        <>
          {incident && (
            <Button look="primary" asChild>
              <AppLink href={`/incidents/${incident.id}`}>Open incident {incident.id}</AppLink>
            </Button>
          )}
          <Button asChild>
            <AppLink href={`/views/${encodeURIComponent(view.name)}/features/${encodeURIComponent(feature)}`}>The feature</AppLink>
          </Button>
        </>
      }
    />
  );
}

/** The figures that decide, each with what it takes to matter and the rows behind it. */
function Figures({ selected, data: { settings } }: { readonly selected: SelectedWindow; readonly data: Data }) {
  const { verdict, psi, adjustedP, comparison } = selected;
  const { psiMin, wassersteinSdMin, pMax, rowsMin } = settings.rule;
  const { numeric } = comparison;
  const rows = rowsText(selected);
  return (
    <Tiles>
      <Tile label="Verdict of this window" value={<VerdictMark verdict={verdict} className="text-sm" />} note={windowName(selected)} />
      <Tile label="PSI" value={<Score score={psi} needs={`an effect from ${psiMin}`} />} note={rows} />
      {numeric && <Tile label="W1/sd" value={<Score score={numeric.wassersteinSd} needs={`an effect from ${wassersteinSdMin}`} />} note={rows} />}
      <Tile
        label="Adjusted p"
        value={
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="tabular">{adjustedP === null ? "–" : formatP(adjustedP)}</span>
            <span className="truncate font-normal text-ink-3 text-xs">{adjustedP === null ? `judged from ${rowsMin} rows` : `evidence up to ${pMax}`}</span>
          </span>
        }
        note={rows}
      />
    </Tiles>
  );
}

function Score({ score, needs }: { readonly score: number | null; readonly needs: string }) {
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="tabular">{score === null ? "–" : formatScore(score)}</span>
      <span className="truncate font-normal max-sm:hidden text-ink-3 text-xs">{needs}</span>
    </span>
  );
}

function NotJudged({ data: { state, view, feature, settings } }: { readonly data: Data }) {
  const isIgnored = settings.ignored.includes(feature);
  return (
    <Panel className="mt-4">
      <EmptyState icon={Hourglass} title={isIgnored ? "It is not judged" : "No window of it is judged yet"} command="larder monitor status">
        {isIgnored
          ? `The drift settings of ${view.name} leave it out.`
          : state.why || "The first complete window with enough rows is its baseline; the windows after it are judged by themselves, in the background."}
      </EmptyState>
    </Panel>
  );
}

function PageSkeleton() {
  return (
    <div role="status" aria-label="Loading">
      <Skeleton className="h-7 w-48" />
      <Skeleton className="mt-2 h-4 w-80" />
      <Skeleton className="mt-8 h-20 rounded-lg" />
      <Skeleton className="mt-4 h-80 rounded-lg" />
      <Skeleton className="mt-4 h-72 rounded-lg" />
    </div>
  );
}
