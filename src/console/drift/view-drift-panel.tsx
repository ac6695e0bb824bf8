"use client";
import { useQuery } from "@tanstack/react-query";
import { Settings2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { formatSeconds, plural } from "../format/index.ts";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { ExportMenu } from "../ui/chart-frame.tsx";
import { TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { DriftTable, driftFigures } from "./drift-table.tsx";
import { StripLegend } from "./verdict-strip.tsx";

const DriftSettingsDialog = dynamic(() => import("./settings-dialog.tsx").then((module) => module.DriftSettingsDialog), { ssr: false });
const REFRESH_MS = 20_000;
const SHOWN = 12;
const TITLE = "Have its values moved?";

/** The drift of a view's features, and by what they are judged. */
export function ViewDriftPanel({ view }: { readonly view: string }) {
  const trpc = useTRPC();
  const [isOpen, setIsOpen] = useState(false);
  const strips = useRef<HTMLDivElement>(null);
  const query = useQuery(trpc.drift.list.queryOptions({ view, pageSize: SHOWN }, { refetchInterval: REFRESH_MS }));
  const status = useQuery(trpc.drift.status.queryOptions({ view }, { refetchInterval: REFRESH_MS }));
  const settings = useQuery(trpc.drift.settings.queryOptions({ view }));
  return (
    <Panel
      title={TITLE}
      hint={settings.data && <span className="max-sm:hidden">{basisText(settings.data)}</span>}
      action={
        <span className="flex shrink-0 items-center gap-1">
          <Button size="sm" look="ghost" onClick={() => setIsOpen(true)}>
            <Settings2 aria-hidden="true" /> Drift settings
          </Button>
          {query.data && query.data.total > 0 && <ExportMenu title={TITLE} file={`drift-${view}`} figures={driftFigures(query.data.rows)} chart={strips} />}
        </span>
      }
    >
      <QueryRegion query={query} what="the drift" loading={<SkeletonRows rows={4} />}>
        {({ rows, total, windows }) =>
          total === 0 ? (
            <p className="px-3 py-6 text-center text-ink-2 text-sm">{status.data?.unjudged[0]?.why || "No window of it is judged yet."}</p>
          ) : (
            <>
              <div ref={strips}>
                <DriftTable rows={rows} windows={windows} ofOneView />
              </div>
              <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-line border-t px-3 py-2">
                <StripLegend />
                <TextLink href={`/monitoring/drift?q=${encodeURIComponent(view)}`} className="text-xs">
                  {total > rows.length ? `All ${plural(total, "feature")}` : "Among all features"}
                </TextLink>
              </div>
            </>
          )
        }
      </QueryRegion>
      {settings.data?.isChosen && settings.data.chosenAt && (
        <p className="border-line border-t px-3 py-1.5 text-ink-3 text-xs">
          Settings chosen by {settings.data.chosenBy ?? "someone"} <RelativeTime at={settings.data.chosenAt} />
        </p>
      )}
      {isOpen && <DriftSettingsDialog view={view} onClose={() => setIsOpen(false)} />}
    </Panel>
  );
}

const BASELINES: Readonly<Record<Outputs["drift"]["settings"]["settings"]["baseline"]["kind"], string>> = {
  first_window: "its first complete window",
  window: "a chosen window",
  training_set: "a training set",
  previous_window: "the window before",
  same_hours: "the same hours of past weeks",
};

function basisText({ settings, windowSeconds }: Outputs["drift"]["settings"]): string {
  if (!settings.isOn) return "switched off";
  const each = windowSeconds === null ? "windows" : `windows of ${formatSeconds(windowSeconds)}`;
  return `${each}${settings.values === "served" ? " as served" : ""}, compared to ${BASELINES[settings.baseline.kind]}`;
}
