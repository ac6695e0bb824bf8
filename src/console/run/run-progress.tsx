import { Check, Circle, CircleDot, Minus } from "lucide-react";
import type { ShownRun } from "../../trpc/index.ts";
import { formatCount, formatRate, formatSeconds, formatShare } from "../format/index.ts";
import { cn } from "../ui/cn.ts";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { Elapsed } from "../ui/time.tsx";
import { type Stage, shareOf, stagesOf } from "./stages.ts";

/** A run under way: stages, bar, rate, time left, and what it waits for. */
export function RunProgress({ run }: { readonly run: ShownRun }) {
  const share = shareOf(run);
  const tone = run.waitingFor !== null ? "waiting" : run.state === "running" && !run.cancelRequested ? "accent" : "still";
  return (
    <div className="space-y-3">
      <Stages stages={stagesOf(run)} />
      <ProgressBar label={`Progress of ${run.view ?? run.set ?? run.kind}`} share={share} tone={tone} />
      <p className="tabular flex min-h-5 flex-wrap justify-between gap-x-4 text-ink-2 text-sm" aria-live="off">
        <span>
          <Done run={run} share={share} />
        </span>
        <span>
          {run.progress?.secondsLeft != null && run.waitingFor === null ? (
            `about ${formatSeconds(Math.ceil(run.progress.secondsLeft))} left`
          ) : (
            <Since run={run} />
          )}
        </span>
      </p>
      <p role="status" className="min-h-5 text-sm">
        {run.waitingFor !== null && (
          <span className="text-attention">
            Waiting for {run.waitingFor}, which does not answer. The run goes on by itself when it is back; nothing is lost.
          </span>
        )}
        {run.cancelRequested && run.waitingFor === null && <span className="text-ink-2">Stopping at the next safe point.</span>}
        {run.state === "queued" && <span className="text-ink-2">Waiting for a free worker.</span>}
      </p>
    </div>
  );
}

function Done({ run, share }: { readonly run: ShownRun; readonly share: number | null }) {
  const { progress } = run;
  if (!progress || run.state === "queued") return null;
  if (progress.done === 0 && progress.total === null) return <>{progress.stage}</>;
  const rate = progress.perSecond === null ? "" : ` · ${formatRate(progress.perSecond).replace("/s", ` ${progress.unit}/s`)}`;
  const total = progress.total === null ? "" : ` of ${formatCount(progress.total)}`;
  return (
    <>
      <span className="font-medium text-ink">
        {formatCount(progress.done)}
        {total} {progress.unit}
      </span>
      {share !== null && ` · ${formatShare(share)}`}
      {rate}
    </>
  );
}

function Since({ run }: { readonly run: ShownRun }) {
  return (
    <>
      <Elapsed from={run.startedAt ?? run.createdAt} to={run.finishedAt} /> so far
    </>
  );
}

const ICONS = { done: Check, now: CircleDot, ahead: Circle, stopped: Minus } as const;
const WORDS = { done: "done", now: "now", ahead: "to come", stopped: "stopped here" } as const;

export function Stages({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <ol className="flex flex-wrap items-center gap-x-4 gap-y-1 text-xs" aria-label="Stages">
      {stages.map(({ name, text, state }) => {
        const Icon = ICONS[state];
        return (
          <li key={name} className={cn("flex items-center gap-1.5", state === "now" ? "font-medium text-ink" : state === "done" ? "text-ink-2" : "text-ink-3")}>
            <Icon
              className={cn("size-3.5", (state === "now" || state === "done") && "text-accent")}
              strokeWidth={state === "done" ? 2.75 : 2}
              aria-hidden="true"
            />
            {text}
            <span className="sr-only">: {WORDS[state]}</span>
          </li>
        );
      })}
    </ol>
  );
}
