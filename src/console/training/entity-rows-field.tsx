"use client";
import { useQuery } from "@tanstack/react-query";
import { FileUp, X } from "lucide-react";
import { type DragEvent, useId, useRef, useState } from "react";
import type { ErrorInfo, Upload } from "../../trpc/index.ts";
import { formatBytes, formatCount } from "../format/index.ts";
import { useProject } from "../shell/project.tsx";
import { useTRPC } from "../shell/trpc.ts";
import { cn } from "../ui/cn.ts";
import { errorInfoOf } from "../ui/error-info.ts";
import { Field, Select, TextInput } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { ProgressBar } from "../ui/progress-bar.tsx";
import { Segmented } from "../ui/segmented.tsx";
import type { Draft } from "./draft.ts";
import { uploadFile } from "./upload-file.ts";

interface EntityRowsFieldProps {
  readonly draft: Draft;
  readonly onChange: (change: Partial<Draft>) => void;
  readonly onUpload: (upload: Upload | null) => void;
}

/** Which rows get features: a file, or what a source knows. */
export function EntityRowsField({ draft, onChange, onUpload }: EntityRowsFieldProps) {
  return (
    <div className="space-y-3 p-4">
      <Segmented
        label="Where the entity rows come from"
        value={draft.from}
        onChange={(from) => onChange({ from })}
        options={[
          { value: "upload", text: "A file" },
          { value: "source", text: "A source" },
        ]}
      />
      {draft.from === "upload" ? <FileField upload={draft.upload} onUpload={onUpload} /> : <SourceFields draft={draft} onChange={onChange} />}
    </div>
  );
}

type Sending = { readonly name: string; readonly share: number; readonly cancel: () => void } | null;

function FileField({ upload, onUpload }: { readonly upload: Upload | null; readonly onUpload: (upload: Upload | null) => void }) {
  const { current } = useProject();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [sending, setSending] = useState<Sending>(null);
  const [error, setError] = useState<ErrorInfo | null>(null);
  const [over, setOver] = useState(false);
  const send = (file: File | undefined) => {
    if (!file || sending) return;
    setError(null);
    const uploading = uploadFile(file, current, (share) => setSending((now) => now && { ...now, share }));
    setSending({ name: file.name, share: 0, cancel: uploading.cancel });
    uploading.done.then(onUpload, (thrown: Error) => thrown.message === "cancelled" || setError(errorInfoOf(thrown))).finally(() => setSending(null));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    send(event.dataTransfer.files[0]);
  };
  if (upload) return <Sent upload={upload} onRemove={() => onUpload(null)} />;
  return (
    <div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without a mouse */}
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn("rounded-lg border border-line-strong border-dashed px-4 py-8 text-center", over && "border-accent-solid bg-accent-soft")}
      >
        {sending ? (
          <div className="mx-auto max-w-sm space-y-2">
            <p className="text-ink text-sm">{sending.share < 1 ? `Sending ${sending.name}` : `Reading ${sending.name}`}</p>
            <ProgressBar label={`Sending ${sending.name}`} share={sending.share < 1 ? sending.share : null} />
            <button type="button" onClick={sending.cancel} className="text-ink-2 text-xs underline underline-offset-2">
              Cancel
            </button>
          </div>
        ) : (
          <>
            <FileUp className="mx-auto size-5 text-ink-3" aria-hidden="true" />
            <p className="mt-2 text-ink text-sm">
              Drop a file here, or{" "}
              <button type="button" onClick={() => input.current?.click()} className="text-accent underline underline-offset-2">
                choose one
              </button>
            </p>
            <p className="mt-1 text-ink-3 text-xs">CSV, Parquet or JSON lines, up to 200 MB: the join keys, a time, and any columns to keep, such as labels.</p>
          </>
        )}
      </div>
      <label htmlFor={id} className="sr-only">
        File of entity rows
      </label>
      <input
        ref={input}
        id={id}
        type="file"
        tabIndex={-1}
        accept=".csv,.tsv,.parquet,.jsonl,.ndjson,.json"
        onChange={(event) => send(event.target.files?.[0])}
        className="sr-only"
      />
      {error && (
        <p role="alert" className="mt-2 text-bad text-sm">
          {error.message} {error.hint}
        </p>
      )}
    </div>
  );
}

function Sent({ upload, onRemove }: { readonly upload: Upload; readonly onRemove: () => void }) {
  return (
    <div className="rounded-lg border border-line">
      <div className="flex items-center gap-2 px-3 py-2">
        <p className="min-w-0 flex-1 truncate text-sm">
          <span className="font-medium text-ink">{upload.fileName}</span>{" "}
          <span className="tabular text-ink-2 text-xs">
            {formatCount(upload.rows)} rows, {formatBytes(upload.bytes)}
          </span>
        </p>
        <IconButton label="Take another file" onClick={onRemove}>
          <X />
        </IconButton>
      </div>
      <ul className="flex flex-wrap gap-x-4 gap-y-1 border-line border-t px-3 py-2" aria-label="Columns">
        {upload.columns.map(({ name, type }) => (
          <li key={name} className="font-mono text-xs">
            {name} <span className="text-ink-3">{type ?? "other"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function SourceFields({ draft, onChange }: Pick<EntityRowsFieldProps, "draft" | "onChange">) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.catalog.list.queryOptions({ kinds: ["data_source"], sort: "name", pageSize: 100 }));
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Source" hint="Its keys and event times become the rows.">
        <Select value={draft.source} onChange={(event) => onChange({ source: event.target.value })}>
          <option value="">Choose a source</option>
          {data?.rows.map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <Field label="Rows at most" hint="A sample, the same one each time.">
        <TextInput inputMode="numeric" value={draft.limit} onChange={(event) => onChange({ limit: event.target.value.trim() })} />
      </Field>
      <Field label="From (UTC)">
        <TextInput type="datetime-local" value={draft.start} onChange={(event) => onChange({ start: event.target.value })} />
      </Field>
      <Field label="To (UTC)">
        <TextInput type="datetime-local" value={draft.end} onChange={(event) => onChange({ end: event.target.value })} />
      </Field>
    </div>
  );
}
