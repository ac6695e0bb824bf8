"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { MailCheck, RotateCw } from "lucide-react";
import { useQueryStates } from "nuqs";
import { plural } from "../format/index.ts";
import { notify, notifyError } from "../shell/notify.tsx";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Health } from "../ui/health.tsx";
import { TextLink } from "../ui/link.tsx";
import { Pager } from "../ui/pager.tsx";
import { Panel } from "../ui/panel.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { EmptyState } from "../ui/states.tsx";
import { RelativeTime } from "../ui/time.tsx";
import { alertsInput, alertsParams } from "./alerts-address.ts";

const CHOICES = [
  { value: "all", text: "All" },
  { value: "waiting", text: "Waiting" },
  { value: "sent", text: "Sent" },
  { value: "failed", text: "Failed" },
] as const;

/** What was told to whom, what waits to be told, and what could not be: that can be sent again. */
export function AlertList() {
  const trpc = useTRPC();
  const [address, setAddress] = useQueryStates(alertsParams);
  const query = useQuery(trpc.alert.list.queryOptions(alertsInput(address), { placeholderData: keepPreviousData, refetchInterval: 15_000 }));
  const choice = (
    <Segmented
      label="Which alerts"
      value={address.state ?? "all"}
      options={CHOICES}
      onChange={(state) => void setAddress({ state: state === "all" ? null : state, page: null })}
    />
  );
  return (
    <Panel title="Alerts" action={choice}>
      <QueryRegion query={query} what="the alerts" loading={<SkeletonRows rows={4} />}>
        {({ rows, total, page, pageSize }) =>
          total > 0 ? (
            <>
              <AlertTable alerts={rows} />
              <Pager page={page} pageSize={pageSize} total={total} onPage={(next) => void setAddress({ page: next }, { history: "push" })} />
            </>
          ) : (
            <EmptyState icon={MailCheck} title={address.state === null ? "Nothing was told yet" : `No alert is ${address.state}`} compact>
              An incident that opens or ends is told to each channel with a route for it.
            </EmptyState>
          )
        }
      </QueryRegion>
    </Panel>
  );
}

type Alert = Outputs["alert"]["list"]["rows"][number];

const STATES = { waiting: "attention", sent: "good", failed: "bad" } as const;

function AlertTable({ alerts }: { readonly alerts: readonly Alert[] }) {
  const columns: readonly Column<Alert>[] = [
    { key: "state", header: "State", cell: ({ state }) => <Health state={STATES[state]}>{state}</Health>, className: "w-28" },
    { key: "what", header: "What", cell: (alert) => <What alert={alert} /> },
    { key: "channel", header: "Channel", cell: ({ channel }) => <span className="text-ink-2">{channel}</span>, className: "max-sm:hidden" },
    { key: "when", header: "When", cell: ({ sentAt, createdAt }) => <RelativeTime at={sentAt ?? createdAt} className="text-ink-2" />, align: "right" },
    {
      key: "retry",
      header: <span className="sr-only">Actions</span>,
      cell: (alert) => alert.state === "failed" && <RetryButton alert={alert} />,
      align: "right",
      className: "w-24",
    },
  ];
  const item = (alert: Alert) => (
    <div className="space-y-1">
      <p className="flex items-center justify-between gap-3">
        <Health state={STATES[alert.state]}>{alert.state}</Health>
        <RelativeTime at={alert.sentAt ?? alert.createdAt} className="text-ink-2 text-xs" />
      </p>
      <p className="text-sm [overflow-wrap:anywhere]">
        <What alert={alert} />
      </p>
      <p className="flex items-center justify-between gap-3 text-ink-3 text-xs">
        <span className="min-w-0 truncate">{alert.channel}</span>
        {alert.state === "failed" && <RetryButton alert={alert} />}
      </p>
    </div>
  );
  return <DataTable caption="Alerts" columns={columns} rows={alerts} rowKey={({ id }) => id} item={item} />;
}

function What({ alert: { title, event, incident, state, error, attempts, dueAt } }: { readonly alert: Alert }) {
  return (
    <>
      {incident === null ? title : <TextLink href={`/incidents/${incident}`}>{title}</TextLink>} <span className="text-ink-2">{event}</span>
      {error !== null && state !== "sent" && (
        <span className="block text-ink-2 text-xs">
          {error} {plural(attempts, "try", "tries")}
          {state === "waiting" && (
            <>
              , next <RelativeTime at={dueAt} />
            </>
          )}
        </span>
      )}
    </>
  );
}

function RetryButton({ alert: { id, title } }: { readonly alert: Alert }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const retry = useMutation(
    trpc.alert.retry.mutationOptions({
      onSuccess: () => notify({ text: "It is sent again within seconds" }),
      onError: notifyError,
      onSettled: () => void client.invalidateQueries(trpc.alert.pathFilter()),
    }),
  );
  return (
    <Button size="sm" disabled={retry.isPending} aria-label={`Send "${title}" again`} onClick={() => retry.mutate({ alert: id })}>
      <RotateCw aria-hidden="true" /> Retry
    </Button>
  );
}
