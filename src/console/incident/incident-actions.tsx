"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellOff, Check, UserPlus } from "lucide-react";
import { useState } from "react";
import { formatSeconds } from "../format/index.ts";
import { notify, notifyError } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { AssignDialog } from "./assign-dialog.tsx";
import type { ShownIncident } from "./incident-table.tsx";

const HOUR = 3_600;
const SNOOZES = [
  { text: "for 1 hour", seconds: HOUR },
  { text: "for 8 hours", seconds: 8 * HOUR },
  { text: "for 1 day", seconds: 24 * HOUR },
  { text: "for 7 days", seconds: 7 * 24 * HOUR },
] as const;

/** Who looks after it, and who is told. */
export function IncidentActions({ incident }: { readonly incident: ShownIncident }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const { data: info } = useQuery(trpc.system.info.queryOptions());
  const after = (text: string) => {
    notify({ text });
    return Promise.all([client.invalidateQueries(trpc.incident.pathFilter()), client.invalidateQueries(trpc.monitor.pathFilter())]);
  };
  const acknowledge = useMutation(
    trpc.incident.acknowledge.mutationOptions({ onSuccess: () => after("Acknowledged: others see that someone is on it."), onError: notifyError }),
  );
  const assign = useMutation(
    trpc.incident.assign.mutationOptions({
      onSuccess: (_, { assignee: to }) => after(to === null ? "It is assigned to nobody." : `It is assigned to ${to}.`),
      onError: notifyError,
    }),
  );
  const snooze = useMutation(
    trpc.incident.snooze.mutationOptions({
      onSuccess: (_, { seconds }) => after(seconds === 0 ? "Alerts of it are sent again." : `No alert of it for ${formatSeconds(seconds)}.`),
      onError: notifyError,
    }),
  );
  const isBusy = acknowledge.isPending || assign.isPending || snooze.isPending;
  const { id, acknowledgedAt, assignee } = incident;
  const isSnoozed = incident.snoozedUntil !== null && incident.snoozedUntil.getTime() > Date.now();
  const people = [...new Set([info?.actor, incident.owner, incident.team && `team ${incident.team}`])].filter(
    (name) => typeof name === "string" && name !== "",
  );
  return (
    <>
      {acknowledgedAt === null && (
        <Button look="primary" disabled={isBusy} onClick={() => acknowledge.mutate({ incident: id })}>
          <Check aria-hidden="true" /> Acknowledge
        </Button>
      )}
      <Menu
        align="end"
        trigger={
          <Button disabled={isBusy}>
            <UserPlus aria-hidden="true" /> Assign
          </Button>
        }
      >
        {people.map((name) => (
          <MenuItem key={name} onSelect={() => assign.mutate({ incident: id, assignee: name ?? null })}>
            {name}
          </MenuItem>
        ))}
        <MenuItem onSelect={() => setAsking(true)}>someone else …</MenuItem>
        {assignee !== null && <MenuItem onSelect={() => assign.mutate({ incident: id, assignee: null })}>nobody</MenuItem>}
      </Menu>
      <Menu
        align="end"
        trigger={
          <Button disabled={isBusy}>
            <BellOff aria-hidden="true" /> Snooze
          </Button>
        }
      >
        {SNOOZES.map(({ text, seconds }) => (
          <MenuItem key={text} onSelect={() => snooze.mutate({ incident: id, seconds })}>
            {text}
          </MenuItem>
        ))}
        {isSnoozed && <MenuItem onSelect={() => snooze.mutate({ incident: id, seconds: 0 })}>no longer</MenuItem>}
      </Menu>
      {isAsking && <AssignDialog onAssign={(name) => assign.mutate({ incident: id, assignee: name })} onClose={() => setAsking(false)} />}
    </>
  );
}
