"use client";
import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { formatSeconds } from "../format/index.ts";
import { RunTable } from "../run/run-table.tsx";
import { Page, PageTitle } from "../shell/page.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { TextLink } from "../ui/link.tsx";
import { Fact, Facts, Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime, UtcTime } from "../ui/time.tsx";
import { IncidentActions } from "./incident-actions.tsx";
import { IncidentState } from "./incident-table.tsx";

const VIEW = "feature_view:";

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

function IncidentBody({ data: { incident, timeline, runs } }: { readonly data: Data }) {
  const view = incident.subject.startsWith(VIEW) ? incident.subject.slice(VIEW.length) : null;
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
        actions={incident.state === "open" && <IncidentActions incident={incident} />}
      />
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="min-w-0 space-y-4">
          <Timeline events={timeline} />
          <Panel title="Runs around it">
            {runs.length > 0 ? (
              <RunTable caption="Runs around the incident" runs={runs} ofOneView />
            ) : (
              <EmptyState icon={Play} title="It never ran" compact>
                No run of this subject is known.
              </EmptyState>
            )}
          </Panel>
        </div>
        <About incident={incident} view={view} />
      </div>
    </>
  );
}

function About({ incident, view }: { readonly incident: Data["incident"]; readonly view: string | null }) {
  const figures = figuresOf(incident.detail);
  return (
    <Panel title="About it">
      <Facts>
        <Fact term="Subject">{view ? <TextLink href={`/views/${view}?tab=monitoring`}>{view}</TextLink> : incident.subject}</Fact>
        <Fact term="Owner">{[incident.team && `team ${incident.team}`, incident.owner].filter(Boolean).join(", ") || "nobody"}</Fact>
        <Fact term="Who is hit">
          {figures.services.length === 0
            ? "no service"
            : figures.services.map((service, index) => (
                <span key={service}>
                  {index > 0 && ", "}
                  <TextLink href={`/services/${service}`}>{service}</TextLink>
                </span>
              ))}
        </Fact>
        {figures.age !== null && <Fact term="Age">{formatSeconds(figures.age)}</Fact>}
        {figures.objective !== null && <Fact term="Objective">{formatSeconds(figures.objective)}</Fact>}
        <Fact term="Assigned to">{incident.assignee ?? "nobody"}</Fact>
        <Fact term="Acknowledged">{incident.acknowledgedBy ? `by ${incident.acknowledgedBy}` : "not yet"}</Fact>
        {incident.snoozedUntil && incident.snoozedUntil.getTime() > Date.now() && (
          <Fact term="Snoozed">
            until <UtcTime at={incident.snoozedUntil} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

interface Figures {
  readonly services: readonly string[];
  readonly age: number | null;
  readonly objective: number | null;
}

/** Checks keep figures of their own shape: what is known is shown. */
function figuresOf(detail: unknown): Figures {
  const record = (typeof detail === "object" && detail !== null ? detail : {}) as Readonly<Record<string, unknown>>;
  const number = (value: unknown) => (typeof value === "number" ? value : null);
  const services = Array.isArray(record.services) ? record.services.map(String) : [];
  return { services, age: number(record.ageSeconds), objective: number(record.objectiveSeconds) };
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
