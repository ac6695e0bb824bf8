"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { FolderSearch, PlugZap } from "lucide-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { FILE_FORMATS, type FileFormat, type FileSource, formatOfName } from "../../domain/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Button } from "../ui/button.tsx";
import { Field, Select, TextInput } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { DescribedFields } from "./described-fields.tsx";
import { EditForm } from "./edit-form.tsx";
import { type SourceValues, sourceForm, sourceValues } from "./form-values.ts";
import { InsideFile } from "./inside-file.tsx";
import { nameFromPath } from "./name-from-path.ts";

const FileBrowser = dynamic(() => import("./file-browser.tsx").then((module) => module.FileBrowser), { ssr: false });

export function SourceForm({ initial }: { readonly initial: FileSource | null }) {
  return (
    <EditForm schema={sourceForm} toValues={sourceValues} initial={initial}>
      <FileFields />
      <DescribedFields isNew={initial === null} namePlaceholder="driver_stats" />
    </EditForm>
  );
}

/** The file, its columns, which of them are times, and some rows of it. */
function FileFields() {
  const { register, setValue, getValues, formState } = useFormContext<SourceValues>();
  const [isBrowsing, setBrowsing] = useState(false);
  const { query, times } = useInside();
  const { errors } = formState;
  const pick = (path: string, format: FileFormat) => {
    setBrowsing(false);
    const change = { shouldDirty: true, shouldValidate: true };
    for (const field of ["timestampField", "createdTimestampColumn"] as const) setValue(field, "", { shouldDirty: true });
    setValue("format", format, change);
    setValue("path", path, change);
    if (getValues("name") === "") setValue("name", nameFromPath(path), change);
  };
  return (
    <Panel
      title="File"
      action={
        <Button size="sm" onClick={() => void query.refetch()} disabled={!query.isEnabled || query.isFetching}>
          <PlugZap aria-hidden="true" /> {query.isFetching ? "Testing" : "Test"}
        </Button>
      }
    >
      <div className="grid gap-3 p-3 sm:grid-cols-[minmax(0,1fr)_9rem]">
        <Field label="Path" error={errors.path?.message} hint="A file, a folder of files, or a pattern such as /data/trips/*.parquet">
          <div className="flex gap-1.5">
            <TextInput
              mono
              placeholder="/data/driver_stats.parquet"
              {...register("path", { onChange: ({ target }) => applyFormat(String(target.value), (format) => setValue("format", format)) })}
            />
            <Button onClick={() => setBrowsing(true)}>
              <FolderSearch aria-hidden="true" /> Browse
            </Button>
          </div>
        </Field>
        <Field label="Format">
          <Select {...register("format")}>
            {FILE_FORMATS.map((format) => (
              <option key={format} value={format}>
                {FORMAT_WORDS[format]}
              </option>
            ))}
          </Select>
        </Field>
        <div className="grid gap-3 sm:col-span-2 sm:grid-cols-2">
          <Field label="Event time" hint="When it happened; a time without a zone is UTC" error={errors.timestampField?.message}>
            <Select {...register("timestampField")}>
              <option value="">Choose a column</option>
              <TimeOptions columns={times} kept={getValues("timestampField")} />
            </Select>
          </Field>
          <Field label="Created time" hint="When the source knew it, where it has that" error={errors.createdTimestampColumn?.message}>
            <Select {...register("createdTimestampColumn")}>
              <option value="">None</option>
              <TimeOptions columns={times} kept={getValues("createdTimestampColumn")} />
            </Select>
          </Field>
        </div>
      </div>
      <InsideFile query={query} />
      {isBrowsing && <FileBrowser onPick={pick} onClose={() => setBrowsing(false)} />}
    </Panel>
  );
}

const FORMAT_WORDS: Readonly<Record<FileFormat, string>> = { parquet: "Parquet", csv: "CSV", jsonl: "JSON lines" };

function applyFormat(path: string, set: (format: FileFormat) => void): void {
  const format = formatOfName(path);
  if (format !== null) set(format);
}

/** What is chosen stays in the list, also while the file is not read yet. */
function TimeOptions({ columns, kept }: { readonly columns: readonly string[]; readonly kept: string }) {
  const all = kept === "" || columns.includes(kept) ? columns : [kept, ...columns];
  return all.map((name) => (
    <option key={name} value={name}>
      {name}
    </option>
  ));
}

const PAUSE_MS = 400;

/** Looks into the file at the path; fills in the time columns that it proposes where none are chosen. */
function useInside() {
  const trpc = useTRPC();
  const client = useQueryClient();
  const { setValue, getValues } = useFormContext<SourceValues>();
  const [path, format, timestampField, created] = useWatch<SourceValues, ["path", "format", "timestampField", "createdTimestampColumn"]>({
    name: ["path", "format", "timestampField", "createdTimestampColumn"],
  });
  const [settled, setSettled] = useState({ path, format });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ path: path.trim(), format }), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [path, format]);
  const times = timestampField === "" ? null : { timestampField, createdTimestampColumn: created === "" ? null : created };
  const query = useQuery(
    trpc.source.inspectFile.queryOptions(
      { ...settled, times },
      { enabled: settled.path !== "", placeholderData: keepPreviousData, retry: false, staleTime: 10_000 },
    ),
  );
  const found = query.isPlaceholderData || query.isError ? undefined : query.data;
  useEffect(() => {
    if (!found?.times.timestampField || getValues("timestampField") !== "") return;
    // what was looked into with the proposal is also the answer for the same times chosen
    client.setQueryData(trpc.source.inspectFile.queryKey({ ...settled, times: { ...found.times } }), found);
    setValue("timestampField", found.times.timestampField, { shouldDirty: true, shouldValidate: true });
    setValue("createdTimestampColumn", found.times.createdTimestampColumn ?? "", { shouldDirty: true, shouldValidate: true });
  }, [found, settled, client, trpc, getValues, setValue]);
  return { query, times: query.data?.timeColumns ?? [] };
}
