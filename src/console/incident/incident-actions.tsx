"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { BellOff, Check, UserPlus } from "lucide-react";
import { toast } from "sonner";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Menu, MenuItem } from "../ui/menu.tsx";
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
  const { data: info } = useQuery(trpc.system.info.queryOptions());
  const options = {
    onSuccess: () => Promise.all([client.invalidateQueries(trpc.incident.pathFilter()), client.invalidateQueries(trpc.monitor.pathFilter())]),
    onError: (error: unknown) => {
      const { message, hint } = errorInfoOf(error);
      toast.error(message, { description: hint ?? undefined });
    },
  };
  const acknowledge = useMutation(trpc.incident.acknowledge.mutationOptions(options));
  const assign = useMutation(trpc.incident.assign.mutationOptions(options));
  const snooze = useMutation(trpc.incident.snooze.mutationOptions(options));
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
    </>
  );
}
