"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { notify } from "../shell/notify.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Dialog, DialogBody, DialogFooter } from "../ui/dialog.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { SettingsFields } from "./settings-fields.tsx";
import { type DriftSettings, formOf, previewText, readForm, type SettingsData, type SettingsForm } from "./settings-form.ts";

const PAUSE_MS = 400;

/** By what the drift of a view is judged, with what that would have said of the past. */
export function DriftSettingsDialog({ view, onClose }: { readonly view: string; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const query = useQuery(trpc.drift.settings.queryOptions({ view }));
  return (
    <Dialog open onClose={onClose} title={`Drift settings of ${view}`} description="What its windows are compared to, and what counts as drift.">
      <QueryRegion query={query} what="the drift settings" loading={<SkeletonRows rows={8} columns={2} />}>
        {(data) => <Form view={view} data={data} onClose={onClose} />}
      </QueryRegion>
    </Dialog>
  );
}

interface FormProps {
  readonly view: string;
  readonly data: SettingsData;
  readonly onClose: () => void;
}

function Form({ view, data, onClose }: FormProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(data.settings, data));
  const save = useMutation(
    trpc.drift.saveSettings.mutationOptions({
      onSuccess: () => {
        for (const path of [trpc.drift, trpc.monitor, trpc.incident, trpc.overview]) void client.invalidateQueries(path.pathFilter());
        notify({
          text: `The drift of ${view} is judged by the new settings.`,
          detail: "Where the baseline changed, a worker judges its windows anew within a minute.",
        });
        onClose();
      },
    }),
  );
  const read = readForm(form);
  const settings = "settings" in read ? read.settings : null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (settings) save.mutate({ view, settings });
  };
  const change = (part: Partial<SettingsForm>) => setForm((now) => ({ ...now, ...part }));
  return (
    <form onSubmit={submit} className="contents">
      <DialogBody className="space-y-4">
        <SettingsFields form={form} data={data} errors={"errors" in read ? read.errors : {}} onChange={change} />
        {settings && <Preview view={view} settings={settings} />}
        {save.isError && (
          <p role="alert" className="text-bad text-sm">
            {errorInfoOf(save.error).message} {errorInfoOf(save.error).hint}
          </p>
        )}
      </DialogBody>
      <DialogFooter>
        {data.isChosen && (
          <Button look="ghost" className="mr-auto" disabled={save.isPending} onClick={() => save.mutate({ view, settings: null })}>
            Back to the defaults
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={settings === null || save.isPending}>
          Save
        </Button>
      </DialogFooter>
    </form>
  );
}

/** What was typed last, when typing pauses. */
function useSettled(settings: DriftSettings): DriftSettings {
  const [settled, setSettled] = useState(settings);
  const text = JSON.stringify(settings);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(JSON.parse(text)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

function Preview({ view, settings }: { readonly view: string; readonly settings: DriftSettings }) {
  const trpc = useTRPC();
  const settled = useSettled(settings);
  const query = useQuery(trpc.drift.preview.queryOptions({ view, settings: settled }, { placeholderData: keepPreviousData, staleTime: 60_000 }));
  const isBusy = query.isFetching || JSON.stringify(settled) !== JSON.stringify(settings);
  if (query.isError) {
    const { message, hint } = errorInfoOf(query.error);
    return (
      <p role="alert" className="rounded-md border border-line bg-attention-soft px-3 py-2 text-ink text-sm">
        {message} {hint}
      </p>
    );
  }
  const raising = query.data?.features.filter(({ incidents }) => incidents > 0) ?? [];
  return (
    <div role="status" aria-busy={isBusy} className="rounded-md border border-line bg-sunken px-3 py-2 text-sm">
      <p className={isBusy ? "text-ink-3" : "font-medium text-ink"}>
        {query.data && !isBusy ? previewText(query.data) : "Judging past windows by these settings …"}
      </p>
      {query.data && !isBusy && (
        <p className="text-ink-2 text-xs [overflow-wrap:anywhere]">
          {raising.length > 0 && `${raising.map(({ feature, incidents }) => (incidents > 1 ? `${feature} (${incidents})` : feature)).join(", ")}; `}
          {query.data.windows} windows, told from {query.data.from === "rows" ? "the rows of the source" : "stored scores"}
        </p>
      )}
    </div>
  );
}
