"use client";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { RunTable } from "../run/run-table.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { AppLink } from "../ui/link.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { AboutIncident, subjectOf } from "./about-incident.tsx";
import { IncidentActions } from "./incident-actions.tsx";
import { IncidentState } from "./incident-table.tsx";

export function IncidentPage({ id }: { readonly id: number }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.incident.get.queryOptions({ incident: id }, { refetchInterval: 15_000 }));
  return (
    <Page crumbs={[{ text: "Monitoring", href: "/monitoring" }, { text: "Incidents", href: "/incidents" }, { text: `Incident ${id}` }]}>
      <QueryRegion query={query} what={`incident ${id}`} loading={<SkeletonRows rows={8} />}>
        {(data) => <IncidentBody data={data} />}
      </QueryRegion>
    </Page>
  );
}

type Data = Outputs["incident"]["get"];

function IncidentBody({ data: { incident, timeline, part, runs } }: { readonly data: Data }) {
  const { text, href } = subjectOf(incident);
  return (
    <>
      <PageTitle
        title={incident.title}
        kind={`incident ${incident.id} of ${incident.check}`}
        description={incident.causeText}
        facts={
          <>
            <IncidentState incident={incident} />
            <span className="text-ink-2">
              opened <RelativeTime at={incident.openedAt} />
              {incident.closedAt && (
                <>
                  , closed <RelativeTime at={incident.closedAt} />
                </>
              )}
            </span>
          </>
        }
        actions={
          <>
            {href && (
              <Button asChild>
                <AppLink href={href} title={text}>
                  Look at the {incident.subject.startsWith("feature:") ? "feature" : "view"}
                </AppLink>
              </Button>
            )}
            {incident.state === "open" && <IncidentActions incident={incident} />}
          </>
        }
      />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0 space-y-4">
          <Timeline events={timeline} />
          <Panel title="Runs around it">
            {runs.length > 0 ? (
              <RunTable caption="Runs around the incident" runs={runs} ofOneView />
            ) : (
              <EmptyState icon={Play} title="It never ran" compact>
                No run of the view is known.
              </EmptyState>
            )}
          </Panel>
        </div>
        <AboutIncident incident={incident} part={part} />
      </div>
    </>
  );
}

function Timeline({ events }: { readonly events: Data["timeline"] }) {
  return (
    <Panel title="Timeline">
      <ol className="px-3 py-2">
        {events.map(({ id, at, kind, actor, text }) => (
          <li key={id} className="grid grid-cols-[88px_1fr] gap-3 py-1 text-sm">
            <RelativeTime at={at} className="text-ink-3" />
            <span className="min-w-0 text-ink-2">
              <span className="font-medium text-ink">{WORDS[kind]}</span>
              {actor && ` by ${actor}`}
              {text && (
                <span className="break-words"> {kind === "opened" || kind === "cause" || kind === "closed" || kind === "severity" ? `– ${text}` : text}</span>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

const WORDS: Readonly<Record<Data["timeline"][number]["kind"], string>> = {
  opened: "Opened",
  cause: "Cause changed",
  severity: "Severity changed",
  acknowledged: "Acknowledged",
  assigned: "Assigned",
  snoozed: "Snoozed",
  closed: "Closed",
};
