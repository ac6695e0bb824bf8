import { HitServices } from "../monitor/hit-services.tsx";
import { OwnerName, SinceWhose } from "../monitor/since-whose.tsx";
import type { Outputs } from "../shell/trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Health } from "../ui/health.tsx";
import { RowLink } from "../ui/link.tsx";
import { RelativeTime } from "../ui/time.tsx";

export type ShownIncident = Outputs["incident"]["list"]["rows"][number];

export function IncidentTable({ caption, incidents }: { readonly caption: string; readonly incidents: readonly ShownIncident[] }) {
  const columns: readonly Column<ShownIncident>[] = [
    { key: "state", header: "State", cell: (incident) => <IncidentState incident={incident} />, className: "w-32" },
    { key: "title", header: "Incident", cell: ({ id, title }) => <RowLink href={`/incidents/${id}`}>{title}</RowLink> },
    {
      key: "why",
      header: "Why",
      cell: ({ causeText }) => (
        <span className="block truncate text-ink-2" title={causeText}>
          {causeText}
        </span>
      ),
      className: "w-[30%] max-w-0",
    },
    { key: "who", header: "Whose", cell: (incident) => <Whose incident={incident} />, className: "max-lg:hidden" },
    { key: "hit", header: "Who is hit", cell: ({ services }) => <HitServices names={services} />, className: "max-lg:hidden" },
    { key: "since", header: "Opened", cell: ({ openedAt }) => <RelativeTime at={openedAt} className="text-ink-2" />, align: "right", className: "w-28" },
  ];
  const item = (incident: ShownIncident) => (
    <div className="space-y-0.5">
      <p className="flex items-center justify-between gap-3">
        <RowLink href={`/incidents/${incident.id}`} className="truncate">
          {incident.title}
        </RowLink>
        <IncidentState incident={incident} />
      </p>
      <p className="text-ink-3 text-xs">{incident.causeText}</p>
      <p className="text-ink-3 text-xs">
        <SinceWhose {...incident} since={incident.openedAt} /> <Handling incident={incident} />
      </p>
    </div>
  );
  return <DataTable caption={caption} columns={columns} rows={incidents} rowKey={({ id }) => id} item={item} />;
}

export function IncidentState({ incident: { state, severity } }: { readonly incident: Pick<ShownIncident, "state" | "severity"> }) {
  if (state === "closed") return <Health state="good">closed</Health>;
  return <Health state={severity === "critical" ? "bad" : "attention"}>{severity}</Health>;
}

function Whose({ incident }: { readonly incident: ShownIncident }) {
  const { team, owner, assignee } = incident;
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      <OwnerName team={assignee ?? team} owner={owner} />
      <Handling incident={incident} />
    </span>
  );
}

/** Whether someone is on it. */
function Handling({ incident: { acknowledgedAt, snoozedUntil } }: { readonly incident: ShownIncident }) {
  return (
    <>
      {acknowledgedAt && <Badge>acknowledged</Badge>}
      {snoozedUntil && snoozedUntil.getTime() > Date.now() && <Badge>snoozed</Badge>}
    </>
  );
}
