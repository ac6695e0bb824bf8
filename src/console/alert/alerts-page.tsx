"use client";
import { useQuery } from "@tanstack/react-query";
import { BellRing, Plus } from "lucide-react";
import { useState } from "react";
import { MonitorFrame } from "../monitor/monitor-frame.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { AlertList } from "./alert-list.tsx";
import { ChannelActions } from "./channel-actions.tsx";
import { ChannelDialog } from "./channel-dialog.tsx";
import type { Channel } from "./channel-form.ts";

/** Who is told when an incident opens or ends, and what was told. */
export function AlertsPage() {
  const trpc = useTRPC();
  const query = useQuery(trpc.alert.channels.queryOptions(undefined, { refetchInterval: 15_000 }));
  const [edited, setEdited] = useState<Channel | "new" | null>(null);
  const add = (
    <Button look="primary" onClick={() => setEdited("new")}>
      <Plus aria-hidden="true" /> Add a channel
    </Button>
  );
  return (
    <MonitorFrame title="Alerts" description="Who is told when an incident opens and when it is over; none is lost over a restart." actions={add}>
      <QueryRegion query={query} what="the channels" loading={<SkeletonRows rows={6} />}>
        {(channels) => (
          <Panel title="Channels">
            {channels.length > 0 ? (
              <ChannelTable channels={channels} onEdit={setEdited} />
            ) : (
              <EmptyState icon={BellRing} title="Nobody is told yet" compact action={add}>
                Incidents are on these pages in any case. A channel tells them to a webhook, to Slack or by e-mail too.
              </EmptyState>
            )}
          </Panel>
        )}
      </QueryRegion>
      <AlertList />
      {edited !== null && <ChannelDialog channel={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </MonitorFrame>
  );
}

function ChannelTable({ channels, onEdit }: { readonly channels: readonly Channel[]; readonly onEdit: (channel: Channel) => void }) {
  const columns: readonly Column<Channel>[] = [
    { key: "name", header: "Channel", cell: ({ name }) => <span className="font-medium text-ink [overflow-wrap:anywhere]">{name}</span> },
    { key: "type", header: "By", cell: ({ type }) => <Badge>{type === "email" ? "e-mail" : type}</Badge> },
    { key: "place", header: "To", cell: ({ place }) => <span className="block max-w-64 truncate text-ink-2">{place}</span>, className: "max-sm:hidden" },
    { key: "routes", header: "What", cell: ({ routes }) => <span className="text-ink-2">{routes.map(routeText).join("; ")}</span>, className: "max-lg:hidden" },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      cell: (channel) => <ChannelActions channel={channel} onEdit={() => onEdit(channel)} />,
      align: "right",
    },
  ];
  const item = (channel: Channel) => (
    <div className="space-y-1">
      <p className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate font-medium text-ink">{channel.name}</span>
        <span className="shrink-0">
          <Badge>{channel.type === "email" ? "e-mail" : channel.type}</Badge>
        </span>
      </p>
      <p className="text-ink-3 text-xs [overflow-wrap:anywhere]">
        {channel.place}: {channel.routes.map(routeText).join("; ")}
      </p>
      <ChannelActions channel={channel} onEdit={() => onEdit(channel)} />
    </div>
  );
  return <DataTable caption="Alert channels" columns={columns} rows={channels} rowKey={({ id }) => id} item={item} roomy />;
}

function routeText({ team, severityMin }: Channel["routes"][number]): string {
  return `${severityMin === "critical" ? "critical ones" : "all"} of ${team === null ? "every team" : `team ${team}`}`;
}
