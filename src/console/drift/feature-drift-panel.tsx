"use client";
import { useQuery } from "@tanstack/react-query";
import { formatScore } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { VerdictMark } from "./verdict-mark.tsx";
import { VerdictStrip } from "./verdict-strip.tsx";
import { driftHref, rowsText } from "./windows.ts";

const REFRESH_MS = 30_000;

/** Whether the values of a feature have moved, on its own page. */
export function FeatureDriftPanel({ view, feature }: { readonly view: string; readonly feature: string }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.drift.list.queryOptions({ view, feature, pageSize: 1 }, { refetchInterval: REFRESH_MS }));
  const link = (
    <TextLink href={driftHref(view, feature)} className="text-xs">
      What moved
    </TextLink>
  );
  return (
    <Panel title="Drift" action={link}>
      <QueryRegion query={query} what="the drift" loading={<SkeletonRows rows={2} columns={2} />}>
        {({ rows, windows }) => {
          const [row] = rows;
          if (row === undefined) return <p className="px-3 py-4 text-ink-3 text-sm">No window of it is judged yet.</p>;
          return (
            <div className="space-y-2 px-3 py-2.5">
              <p className="flex flex-wrap items-center justify-between gap-x-3 text-sm">
                <VerdictMark verdict={row.verdict} />
                {row.since && (
                  <span className="text-ink-2">
                    since <RelativeTime at={row.since} />
                  </span>
                )}
              </p>
              <VerdictStrip view={view} feature={feature} cells={row.cells} last={row} count={windows} />
              <p className="text-ink-3 text-xs">
                PSI {formatScore(row.psi)}, {rowsText(row)}
              </p>
            </div>
          );
        }}
      </QueryRegion>
    </Panel>
  );
}
