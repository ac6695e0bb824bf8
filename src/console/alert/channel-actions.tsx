"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Pencil, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { notify, notifyError } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import type { Channel } from "./channel-form.ts";

export function ChannelActions({ channel, onEdit }: { readonly channel: Channel; readonly onEdit: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const test = useMutation(
    trpc.alert.test.mutationOptions({ onSuccess: ({ sentTo }) => notify({ text: `The test arrived at ${sentTo}` }), onError: notifyError }),
  );
  const onSuccess = () => {
    setRemoving(false);
    void client.invalidateQueries(trpc.alert.pathFilter());
  };
  const remove = useMutation(trpc.alert.remove.mutationOptions({ onSuccess, onError: notifyError }));
  return (
    <span className="inline-flex items-center gap-1">
      <Button size="sm" disabled={test.isPending} onClick={() => test.mutate({ channel: channel.id })}>
        <Send aria-hidden="true" /> {test.isPending ? "Testing" : "Test"}
      </Button>
      <Button size="icon" look="ghost" aria-label={`Change ${channel.name}`} onClick={onEdit}>
        <Pencil aria-hidden="true" />
      </Button>
      <Button size="icon" look="ghost" aria-label={`Remove ${channel.name}`} onClick={() => setRemoving(true)}>
        <Trash2 aria-hidden="true" />
      </Button>
      <Dialog open={isRemoving} onClose={() => setRemoving(false)} title={`Remove ${channel.name}?`} description="Nothing more is told there.">
        <DialogBody>Its routes, and alerts that wait to be sent there, are lost. Incidents stay.</DialogBody>
        <DialogFooter>
          <Button onClick={() => setRemoving(false)}>Cancel</Button>
          <Button look="danger" disabled={remove.isPending} onClick={() => remove.mutate({ channel: channel.id })}>
            Remove {channel.name}
          </Button>
        </DialogFooter>
      </Dialog>
    </span>
  );
}
