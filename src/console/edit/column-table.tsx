"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useId, useState } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import type { FeatureView } from "../../domain/index.ts";
import { formatCount } from "../format/index.ts";
import { useTRPC } from "../shell/trpc.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { errorInfoOf } from "../ui/error-info.ts";
import { Select, TextInput } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import { ExpectFields, expectedText } from "./expect-fields.tsx";
import type { ViewValues } from "./form-values.ts";
import { type FeatureValues, featureOf, inOrder, type RoleOf, roleOf, type SourceColumnInfo, toggleColumn, typesFor } from "./view-columns.ts";

/** The source's columns: ticked ones are features. `before`: the view as it was, whose features keep their order. */
export function ColumnTable({ before }: { readonly before: FeatureView | null }) {
  const { control, setValue, formState } = useFormContext<ViewValues>();
  const [source, entities, features] = useWatch({ control, name: ["source", "entities", "features"] });
  const { columns, roles, error, isLoading } = useColumns(source, entities);
  const names = before?.features.map(({ name }) => name) ?? [];
  const set = (next: FeatureValues[]) => setValue("features", next, { shouldDirty: true, shouldValidate: true });
  const open = columns.filter((column) => roleOf(column, roles) === "feature");
  const rest = open.filter(({ name }) => !features.some(({ column }) => column === name));
  const complaint = formState.errors.features?.message ?? formState.errors.features?.root?.message;
  return (
    <Panel
      title="Features"
      hint={columns.length === 0 ? "columns of the source" : `${formatCount(features.length)} of ${formatCount(open.length)} columns`}
      action={
        <Button
          size="sm"
          look="ghost"
          disabled={open.length === 0}
          onClick={() => set(rest.length === 0 ? [] : inOrder([...features, ...rest.map(featureOf)], columns, names))}
        >
          {rest.length === 0 && open.length > 0 ? "Untick all" : "Tick all"}
        </Button>
      }
    >
      {complaint !== undefined && (
        <p role="alert" className="border-line border-b px-3 py-1.5 text-bad text-xs">
          {complaint}
        </p>
      )}
      {source === "" && <p className="px-3 py-4 text-ink-3 text-sm">Choose a source: its columns are shown here.</p>}
      {isLoading && <SkeletonRows rows={6} />}
      {error !== null && (
        <p role="alert" className="bg-bad-soft px-3 py-2.5 text-ink text-sm">
          {error}
        </p>
      )}
      <ul aria-label="Columns of the source" className="divide-y divide-line">
        {columns.map((column) => (
          <ColumnRow
            key={column.name}
            column={column}
            role={roleOf(column, roles)}
            index={features.findIndex((feature) => feature.column === column.name)}
            onToggle={() => set(toggleColumn(features, column, columns, names))}
          />
        ))}
      </ul>
    </Panel>
  );
}

interface ColumnRowProps {
  readonly column: SourceColumnInfo;
  readonly role: ReturnType<typeof roleOf>;
  /** Its place among the features; -1: not ticked. */
  readonly index: number;
  readonly onToggle: () => void;
}

function ColumnRow({ column, role, index, onToggle }: ColumnRowProps) {
  const { register, formState } = useFormContext<ViewValues>();
  const [isOpen, setOpen] = useState(false);
  const expectId = useId();
  const isTicked = index !== -1;
  const isFree = role === "feature" || isTicked;
  const error = formState.errors.features?.[index];
  return (
    <li className="px-3 py-1.5">
      <div className="grid min-h-8 grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1.5 sm:grid-cols-[auto_minmax(0,12rem)_minmax(0,12rem)_9rem_minmax(0,1fr)_auto]">
        <input
          type="checkbox"
          className="size-3.5 accent-accent-solid"
          aria-label={`Feature from ${column.name}`}
          checked={isTicked}
          disabled={!isFree}
          onChange={onToggle}
        />
        <span className="truncate font-mono text-ink text-xs" title={`${column.name}: ${column.engineType}`}>
          {column.name}
        </span>
        {isTicked ? (
          <>
            <TextInput
              mono
              aria-label={`Name of the feature from ${column.name}`}
              aria-invalid={error !== undefined || undefined}
              className="h-7 max-sm:col-span-3"
              {...register(`features.${index}.name`)}
            />
            <Select
              aria-label={`Type of the feature from ${column.name}`}
              className="h-7 font-mono text-xs max-sm:col-span-3"
              {...register(`features.${index}.type`)}
            >
              {typesFor(column.type ?? "string").map((type) => (
                <option key={type}>{type}</option>
              ))}
            </Select>
            <TextInput
              aria-label={`Description of the feature from ${column.name}`}
              placeholder="What it means"
              className="h-7 max-sm:col-span-3"
              {...register(`features.${index}.description`)}
            />
            <ExpectToggle index={index} isOpen={isOpen} controls={expectId} onToggle={() => setOpen(!isOpen)} />
          </>
        ) : (
          <span className="truncate text-ink-3 text-xs sm:col-span-4">
            <span className="font-mono">{column.type ?? column.engineType}</span>
            {role !== "feature" && <Badge className="ml-2">{role === "no type" ? "needs a cast in a transform" : role}</Badge>}
          </span>
        )}
      </div>
      {isTicked && (isOpen || error?.expect !== undefined) && <ExpectFields index={index} id={expectId} />}
      {error !== undefined && (
        <p role="alert" className="mt-1 text-bad text-xs">
          {error.name?.message ?? error.type?.message ?? error.description?.message ?? error.expect?.message}
        </p>
      )}
    </li>
  );
}

interface ExpectToggleProps {
  readonly index: number;
  readonly isOpen: boolean;
  readonly controls: string;
  readonly onToggle: () => void;
}

/** Says whether anything is expected of a feature's values, and opens the fields for it. */
function ExpectToggle({ index, isOpen, controls, onToggle }: ExpectToggleProps) {
  const { control } = useFormContext<ViewValues>();
  const { name, type, expect } = useWatch({ control, name: `features.${index}` });
  const expected = expectedText(type, expect);
  return (
    <Button
      size="sm"
      look="ghost"
      aria-expanded={isOpen}
      aria-controls={controls}
      aria-label={`What is expected of ${name}: ${expected ?? "nothing"}`}
      title={expected ?? "Expect something of its values"}
      className="max-sm:col-span-3 max-sm:justify-self-start"
      onClick={onToggle}
    >
      <ListChecks className={expected === null ? "text-ink-3" : "text-accent"} />
      <span className={expected === null ? "text-ink-3" : undefined}>{expected === null ? "Expect" : "Expected"}</span>
    </Button>
  );
}

interface Columns {
  readonly columns: readonly SourceColumnInfo[];
  readonly roles: RoleOf;
  readonly error: string | null;
  readonly isLoading: boolean;
}

const NONE: readonly SourceColumnInfo[] = [];

/** What the source has, and which of its columns are taken by keys and times. */
function useColumns(source: string, entities: readonly string[]): Columns {
  const trpc = useTRPC();
  const enabled = source !== "";
  const inside = useQuery(trpc.source.inspect.queryOptions({ name: source }, { enabled, retry: false, staleTime: 30_000 }));
  const record = useQuery(trpc.source.get.queryOptions({ name: source }, { enabled }));
  const chosen = useQueries({ queries: entities.map((name) => trpc.entity.get.queryOptions({ name })) });
  const joinKeys = chosen.flatMap(({ data }) => data?.entity.joinKeys.map(({ name }) => name) ?? []);
  const definition = record.data?.source;
  const failure = inside.error ?? record.error;
  return {
    columns: (enabled ? inside.data?.columns : undefined) ?? NONE,
    roles: { joinKeys, timestampField: definition?.timestampField ?? "", createdTimestampColumn: definition?.createdTimestampColumn ?? null },
    error: enabled && failure !== null ? sentence(failure) : null,
    isLoading: enabled && inside.isPending,
  };
}

function sentence(error: unknown): string {
  const { message, hint } = errorInfoOf(error);
  return hint ? `${message} ${hint}` : message;
}
