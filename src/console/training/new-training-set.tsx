"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { Upload } from "../../trpc/index.ts";
import { formatCount } from "../format/index.ts";
import { rememberStarted } from "../materialize/started-here.ts";
import { Page, PageTitle } from "../shell/page.tsx";
import { useHref } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Field, Select, TextInput, Tick } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { type Draft, EMPTY_DRAFT, specOf, timeColumnOf } from "./draft.ts";
import { EntityRowsField } from "./entity-rows-field.tsx";
import { FeaturePicker } from "./feature-picker.tsx";
import { MatchTable } from "./match-table.tsx";

export function NewTrainingSetPage() {
  const trpc = useTRPC();
  const router = useRouter();
  const href = useHref();
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const preview = useMutation(trpc.trainingSet.preview.mutationOptions());
  const create = useMutation(trpc.trainingSet.create.mutationOptions());
  const start = useMutation(trpc.trainingSet.start.mutationOptions());
  const spec = specOf(draft);
  const change = (next: Partial<Draft>) => {
    preview.reset();
    create.reset();
    setDraft((now) => ({ ...now, ...next }));
  };
  const setUpload = (upload: Upload | null) => change({ upload, ...(upload && { eventTimestampColumn: timeColumnOf(upload) }) });
  const run = async () => {
    if (!spec) return;
    const { name } = await create.mutateAsync({ name: draft.name, description: draft.description, spec });
    rememberStarted((await start.mutateAsync({ name })).run);
    void client.invalidateQueries(trpc.trainingSet.list.pathFilter());
    router.push(href(`/training-sets/${name}`));
  };
  const error = [create.error, start.error].find((one) => one !== null);
  const busy = create.isPending || start.isPending || start.isSuccess;
  return (
    <Page crumbs={[{ text: "Training sets", href: "/training-sets" }, { text: "New" }]}>
      <PageTitle title="New training set" description="Rows of yours, with features as they were at each row's time." />
      <form
        className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_400px]"
        onSubmit={(event) => {
          event.preventDefault();
          run().catch(() => undefined); // shown below
        }}
      >
        <div className="min-w-0 space-y-4">
          <Panel title="Entity rows">
            <EntityRowsField draft={draft} onChange={change} onUpload={setUpload} />
          </Panel>
          <Panel title="Features">
            <FeaturePicker draft={draft} onChange={change} />
          </Panel>
          <Panel title="How to join">
            <HowFields draft={draft} onChange={change} />
          </Panel>
        </div>
        <div className="space-y-4">
          <Panel title="What will match">
            <PreviewBody preview={preview} onLook={spec === null ? null : () => preview.mutate({ spec })} />
          </Panel>
          <Panel title="Save and run">
            <div className="space-y-3 p-4">
              <Field label="Name" hint="Letters, digits and single underscores.">
                <TextInput required value={draft.name} onChange={(event) => change({ name: event.target.value })} />
              </Field>
              <Field label="Description">
                <TextInput value={draft.description} onChange={(event) => change({ description: event.target.value })} />
              </Field>
              {error && <Problem error={error} />}
              <Button type="submit" look="primary" disabled={spec === null || draft.name === "" || busy} className="w-full">
                {busy ? "Starting" : "Save and run"}
              </Button>
              {spec === null && <p className="text-ink-3 text-xs">Choose entity rows and features first.</p>}
            </div>
          </Panel>
        </div>
      </form>
    </Page>
  );
}

function HowFields({ draft, onChange }: { readonly draft: Draft; readonly onChange: (change: Partial<Draft>) => void }) {
  const columns = draft.from === "upload" ? draft.upload?.columns : undefined;
  return (
    <div className="space-y-3 p-4">
      <Field label="Column that says when">
        {columns ? (
          <Select value={draft.eventTimestampColumn} onChange={(event) => onChange({ eventTimestampColumn: event.target.value })}>
            {!columns.some(({ name }) => name === draft.eventTimestampColumn) && (
              <option value={draft.eventTimestampColumn}>{draft.eventTimestampColumn}</option>
            )}
            {columns.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <TextInput mono value={draft.eventTimestampColumn} onChange={(event) => onChange({ eventTimestampColumn: event.target.value.trim() })} />
        )}
      </Field>
      <div className="space-y-2">
        <Tick checked={draft.fullFeatureNames} onChange={(event) => onChange({ fullFeatureNames: event.target.checked })}>
          Full names <span className="text-ink-3 text-xs">view__feature, where names of several views meet</span>
        </Tick>
        <Tick checked={draft.knownAt} onChange={(event) => onChange({ knownAt: event.target.checked })}>
          Only what was known <span className="text-ink-3 text-xs">leave out rows that were created later</span>
        </Tick>
      </div>
    </div>
  );
}

interface PreviewBodyProps {
  readonly preview: {
    readonly data: { readonly rows: number; readonly outputs: readonly string[]; readonly views: Parameters<typeof MatchTable>[0]["views"] } | undefined;
    readonly error: unknown;
    readonly isPending: boolean;
  };
  /** null: not enough is chosen yet. */
  readonly onLook: (() => void) | null;
}

function PreviewBody({ preview, onLook }: PreviewBodyProps) {
  const { data, error, isPending } = preview;
  return (
    <div className="space-y-3 p-4" aria-live="polite">
      {data ? (
        <>
          <MatchTable views={data.views} />
          <p className="text-ink-3 text-xs">
            Of {formatCount(data.rows)} entity rows looked at; {formatCount(data.outputs.length)} columns are added.
          </p>
        </>
      ) : (
        <p className="text-ink-2 text-sm">How many of a sample of the entity rows each view has an answer for, before anything is made.</p>
      )}
      {error ? <Problem error={error} /> : null}
      <Button disabled={onLook === null || isPending} onClick={() => onLook?.()}>
        {isPending ? "Looking" : data ? "Look again" : "Look at a sample"}
      </Button>
    </div>
  );
}

function Problem({ error }: { readonly error: unknown }) {
  const { message, hint } = errorInfoOf(error);
  return (
    <p role="alert" className="text-bad text-sm">
      {message} {hint && <span className="text-ink-2">{hint}</span>}
    </p>
  );
}
