"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Pause, Play } from "lucide-react";
import type { ShownSchedule } from "../../trpc/index.ts";
import { notify, notifyError } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Health } from "../ui/health.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { RelativeTime } from "../ui/time.tsx";

/** When the view runs by itself, and the switch for it; nothing for a view that only runs by hand. */
export function SchedulePanel({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.schedule.get.queryOptions({ view }, { refetchInterval: 30_000 }));
  if (!data) return null;
  return (
    <Panel title="Schedule" action={<PauseButton schedule={data} />}>
      <Facts>
        <Fact term="Runs at">
          <span className="font-mono text-xs">{data.cron}</span> <span className="text-ink-2">{data.zone}</span>
        </Fact>
        <Fact term="Next run">
          <NextRun schedule={data} />
        </Fact>
        <Fact term="Last tick">{data.lastTickAt ? <RelativeTime at={data.lastTickAt} /> : <span className="text-ink-2">none yet</span>}</Fact>
      </Facts>
    </Panel>
  );
}

function NextRun({ schedule: { pausedAt, pausedBy, nextAt } }: { readonly schedule: ShownSchedule }) {
  if (pausedAt) {
    return (
      <span className="flex flex-wrap items-center gap-x-2">
        <Health state="attention">paused</Health>
        <span className="text-ink-2">
          by {pausedBy} <RelativeTime at={pausedAt} />
        </span>
      </span>
    );
  }
  return nextAt ? <RelativeTime at={nextAt} /> : <span className="text-ink-2">never: no such day</span>;
}

function PauseButton({ schedule }: { readonly schedule: ShownSchedule }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { view, pausedAt } = schedule;
  const options = {
    onSuccess: (changed: ShownSchedule) => {
      client.setQueryData(trpc.schedule.get.queryKey({ view }), changed);
      const text = changed.pausedAt ? `${view} runs by hand only until you resume its schedule.` : `The schedule of ${view} goes on.`;
      notify({ text, undo: () => (changed.pausedAt ? resume : pause).mutate({ view }) });
    },
    onError: notifyError,
  };
  const pause = useMutation(trpc.schedule.pause.mutationOptions(options));
  const resume = useMutation(trpc.schedule.resume.mutationOptions(options));
  const isBusy = pause.isPending || resume.isPending;
  return pausedAt ? (
    <Button size="sm" disabled={isBusy} title="What was missed is made up for by one run" onClick={() => resume.mutate({ view })}>
      <Play aria-hidden="true" /> Resume
    </Button>
  ) : (
    <Button size="sm" look="ghost" disabled={isBusy} title="Start no runs of this view by itself" onClick={() => pause.mutate({ view })}>
      <Pause aria-hidden="true" /> Pause
    </Button>
  );
}
