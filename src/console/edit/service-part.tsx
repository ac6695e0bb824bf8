"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormContext, useWatch } from "react-hook-form";
import { type Outputs, useTRPC } from "../shell/trpc.ts";
import { Field, TextInput, Tick } from "../ui/field.tsx";
import { QueryRegion } from "../ui/query-region.tsx";
import { SkeletonRows } from "../ui/skeleton.tsx";
import type { ServiceValues } from "./form-values.ts";

interface ServicePartProps {
  readonly index: number;
  readonly view: string;
}

/** What a service takes from one view, and under which names. */
export function ServicePart({ index, view }: ServicePartProps) {
  const trpc = useTRPC();
  const query = useQuery(trpc.view.get.queryOptions({ view }));
  return (
    <QueryRegion query={query} what={`the view ${view}`} loading={<SkeletonRows rows={3} />}>
      {(data) => (
        <>
          <FeatureTicks index={index} data={data} />
          <Roles index={index} data={data} />
        </>
      )}
    </QueryRegion>
  );
}

type ViewOutput = Outputs["view"]["get"];

function FeatureTicks({ index, data: { view } }: { readonly index: number; readonly data: ViewOutput }) {
  const { control, register, setValue, formState } = useFormContext<ServiceValues>();
  const [isWhole, picked] = useWatch({ control, name: [`projections.${index}.isWhole`, `projections.${index}.features`] });
  const toggle = (name: string) => {
    const next = picked.includes(name) ? picked.filter((one) => one !== name) : [...picked, name];
    const order = view.features.map((feature) => feature.name);
    setValue(
      `projections.${index}.features`,
      next.sort((a, b) => order.indexOf(a) - order.indexOf(b)),
      { shouldDirty: true, shouldValidate: true },
    );
  };
  const complaint = formState.errors.projections?.[index]?.features?.message;
  return (
    <fieldset className="px-3 py-2.5">
      <legend className="sr-only">Features of {view.name}</legend>
      <Tick {...register(`projections.${index}.isWhole`)}>All features, also those that the view gets later</Tick>
      <ul className="mt-1.5 grid gap-x-4 sm:grid-cols-2">
        {view.features.map(({ name, type }) => (
          <li key={name} className="flex h-7 min-w-0 items-center justify-between gap-2">
            <Tick checked={isWhole || picked.includes(name)} disabled={isWhole} onChange={() => toggle(name)} className="min-w-0">
              <span className="truncate font-mono text-xs">{name}</span>
            </Tick>
            <span className="font-mono text-ink-3 text-xs">{type}</span>
          </li>
        ))}
      </ul>
      {complaint !== undefined && !isWhole && (
        <p role="alert" className="mt-1 text-bad text-xs">
          {complaint}
        </p>
      )}
    </fieldset>
  );
}

/** Another name for the view here, and other names for its join keys. */
function Roles({ index, data: { entities } }: { readonly index: number; readonly data: ViewOutput }) {
  const { control, register, setValue, formState } = useFormContext<ServiceValues>();
  const roles = useWatch({ control, name: `projections.${index}.roles` });
  const setRole = (key: string, as: string) =>
    setValue(`projections.${index}.roles`, [...roles.filter((role) => role.key !== key), ...(as === "" ? [] : [{ key, as }])], {
      shouldDirty: true,
      shouldValidate: true,
    });
  const keys = entities.flatMap(({ joinKeys }) => joinKeys.map(({ name }) => name));
  return (
    <details className="border-line border-t px-3 py-2">
      <summary className="text-ink-2 text-xs">Use it in a role</summary>
      <div className="mt-2 grid gap-3 sm:grid-cols-2">
        <Field label="Called here" hint="Full names become this__feature" error={formState.errors.projections?.[index]?.alias?.message}>
          <TextInput mono placeholder="pickup" {...register(`projections.${index}.alias`)} />
        </Field>
        {keys.map((key) => (
          <Field key={key} label={`${key} is asked as`}>
            <TextInput mono placeholder={key} value={roles.find((role) => role.key === key)?.as ?? ""} onChange={({ target }) => setRole(key, target.value)} />
          </Field>
        ))}
      </div>
    </details>
  );
}
