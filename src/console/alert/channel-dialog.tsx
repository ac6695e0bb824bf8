"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { notify } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { CopyButton } from "../ui/copy-button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Field, TextInput, Tick } from "../ui/field.tsx";
import { Segmented } from "../ui/segmented.tsx";
import { type Channel, type ChannelFields, fieldsOf, isAddress, toInput } from "./channel-form.ts";
import { ChannelRoutes } from "./channel-routes.tsx";

const TYPES = [
  { value: "webhook", text: "Webhook" },
  { value: "slack", text: "Slack" },
  { value: "email", text: "E-mail" },
] as const;
/** Makes a channel, or changes one. */
export function ChannelDialog({ channel, onClose }: { readonly channel: Channel | null; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [fields, setFields] = useState(() => fieldsOf(channel));
  const [secret, setSecret] = useState<string | null>(null);
  const save = useMutation(
    trpc.alert.save.mutationOptions({
      onSuccess: ({ newSecret }) => {
        void client.invalidateQueries(trpc.alert.pathFilter());
        if (newSecret !== null) return setSecret(newSecret);
        notify({ text: `${fields.name} is saved. Test it to be sure.` });
        onClose();
      },
    }),
  );
  if (secret !== null) return <SecretDialog secret={secret} onClose={onClose} />;
  const set = (change: Partial<ChannelFields>) => setFields((before) => ({ ...before, ...change }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(toInput(fields, channel));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={channel === null ? "Add a channel" : `Change ${channel.name}`}
      description="Where alerts go, and which. ${VAR} is read from the server's environment."
    >
      <form onSubmit={submit} className="contents">
        <DialogBody className="space-y-3">
          <Field label="Name">
            <TextInput required maxLength={80} value={fields.name} onChange={(event) => set({ name: event.target.value })} />
          </Field>
          <Segmented
            label="By what"
            value={fields.type}
            options={channel === null ? TYPES : TYPES.filter(({ value }) => value === channel.type)}
            onChange={(type) => set({ type })}
          />
          {fields.type === "email" ? (
            <EmailFields fields={fields} set={set} isNew={channel === null} />
          ) : (
            <UrlFields fields={fields} set={set} isNew={channel === null} />
          )}
          <ChannelRoutes routes={fields.routes} onChange={(routes) => set({ routes })} />
          {save.isError && (
            <p role="alert" className="text-bad text-sm">
              {errorInfoOf(save.error).message}
            </p>
          )}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={save.isPending || !isAddress(fields.url)}>
            {save.isPending ? "Saving" : "Save"}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  );
}

interface PartProps {
  readonly fields: ChannelFields;
  readonly set: (change: Partial<ChannelFields>) => void;
  readonly isNew: boolean;
}

function UrlFields({ fields, set, isNew }: PartProps) {
  return (
    <>
      <Field label="Address" hint={isNew ? undefined : "Empty: as it was"} error={isAddress(fields.url) ? undefined : "It begins with https:// or http://"}>
        <TextInput required={isNew} placeholder="https://…" autoComplete="off" value={fields.url} onChange={(event) => set({ url: event.target.value })} />
      </Field>
      {fields.type === "webhook" && (
        <Field
          label="Signing secret"
          hint={isNew ? "Empty: one is made and shown once. Messages carry larder-signature: sha256=HMAC of the body" : "Empty: as it was"}
        >
          <TextInput type="password" autoComplete="new-password" value={fields.secret} onChange={(event) => set({ secret: event.target.value })} />
        </Field>
      )}
    </>
  );
}

function EmailFields({ fields, set, isNew }: PartProps) {
  return (
    <>
      <div className="grid grid-cols-[1fr_96px] gap-3">
        <Field label="Mail server">
          <TextInput required value={fields.host} onChange={(event) => set({ host: event.target.value })} />
        </Field>
        <Field label="Port">
          <TextInput required inputMode="numeric" pattern="[0-9]+" value={fields.port} onChange={(event) => set({ port: event.target.value })} />
        </Field>
      </div>
      <Tick checked={fields.secure} onChange={(event) => set({ secure: event.target.checked })}>
        TLS from the start (port 465)
      </Tick>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="User" hint="Empty: without signing in">
          <TextInput autoComplete="off" value={fields.user} onChange={(event) => set({ user: event.target.value })} />
        </Field>
        <Field label="Password" hint={isNew ? undefined : "Empty: as it was"}>
          <TextInput type="password" autoComplete="new-password" value={fields.password} onChange={(event) => set({ password: event.target.value })} />
        </Field>
      </div>
      <Field label="From">
        <TextInput required value={fields.from} onChange={(event) => set({ from: event.target.value })} />
      </Field>
      <Field label="To" hint="Several with commas">
        <TextInput required value={fields.to} onChange={(event) => set({ to: event.target.value })} />
      </Field>
    </>
  );
}

function SecretDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }) {
  return (
    <Dialog open onClose={onClose} title="The signing secret" description="Give it to the receiver now: it is not shown again.">
      <DialogBody>
        <p className="flex items-center justify-between gap-2 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-xs">
          <span className="break-all">{secret}</span>
          <CopyButton text={secret} label="Copy the secret" />
        </p>
      </DialogBody>
      <DialogFooter>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
