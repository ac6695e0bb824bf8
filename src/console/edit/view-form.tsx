"use client";
import { X } from "lucide-react";
import { useFormContext, useWatch } from "react-hook-form";
import type { FeatureView } from "../../domain/index.ts";
import { Button } from "../ui/button.tsx";
import { Field, TextInput, Tick } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { ColumnTable } from "./column-table.tsx";
import { DescribedFields } from "./described-fields.tsx";
import { EditForm } from "./edit-form.tsx";
import { type ViewValues, viewForm, viewValues } from "./form-values.ts";
import { NamePicker } from "./name-picker.tsx";

interface ViewFormProps {
  readonly initial: FeatureView | null;
  /** Chosen already, where the page was opened from a source or an entity. */
  readonly source?: string | null;
  readonly entity?: string | null;
}

export function ViewForm({ initial, source = null, entity = null }: ViewFormProps) {
  const toValues = (view: FeatureView | null): ViewValues => {
    const values = viewValues(view);
    return view === null ? { ...values, source: source ?? "", entities: entity === null ? [] : [entity] } : values;
  };
  return (
    <EditForm schema={viewForm} toValues={toValues} initial={initial}>
      <MadeFrom />
      <ColumnTable before={initial} />
      <DescribedFields isNew={initial === null} namePlaceholder="driver_stats">
        <ServingFields />
      </DescribedFields>
    </EditForm>
  );
}

/** Source and entities. */
function MadeFrom() {
  const { setValue, formState, control } = useFormContext<ViewValues>();
  const [source, entities] = useWatch({ control, name: ["source", "entities"] });
  const change = { shouldDirty: true, shouldValidate: true };
  return (
    <Panel title="Made from">
      <div className="grid gap-4 p-3 sm:grid-cols-2">
        <fieldset>
          <legend className="mb-1 text-ink-2 text-xs">Source</legend>
          <NamePicker kind="data_source" label="Choose a source" onPick={(name) => setValue("source", name, change)}>
            {source === "" ? <span className="text-ink-3">Choose a source</span> : <span className="font-mono text-xs">{source}</span>}
          </NamePicker>
          {formState.errors.source && formState.isSubmitted && (
            <p role="alert" className="mt-1 text-bad text-xs">
              {formState.errors.source.message}
            </p>
          )}
        </fieldset>
        <fieldset>
          <legend className="mb-1 text-ink-2 text-xs">Entities: what the features describe</legend>
          <div className="flex flex-wrap items-center gap-1.5">
            {entities.map((name) => (
              <span
                key={name}
                className="inline-flex h-8 items-center gap-1 rounded-md border border-line-strong bg-sunken pr-1 pl-2.5 font-mono text-ink text-xs"
              >
                {name}
                <Button
                  look="ghost"
                  size="icon"
                  className="size-5"
                  aria-label={`Take ${name} away`}
                  onClick={() =>
                    setValue(
                      "entities",
                      entities.filter((one) => one !== name),
                      change,
                    )
                  }
                >
                  <X />
                </Button>
              </span>
            ))}
            <NamePicker kind="entity" label="Add an entity" without={entities} onPick={(name) => setValue("entities", [...entities, name], change)}>
              <span className="text-ink-2">{entities.length === 0 ? "Choose an entity" : "Add another"}</span>
            </NamePicker>
          </div>
          {entities.length === 0 && <p className="mt-1 text-ink-3 text-xs">Without an entity the view has one row.</p>}
        </fieldset>
      </div>
    </Panel>
  );
}

function ServingFields() {
  const { register, formState } = useFormContext<ViewValues>();
  const { errors } = formState;
  return (
    <>
      <Field label="Team" error={errors.team?.message} hint="Who decides about it">
        <TextInput placeholder="fleet" {...register("team")} />
      </Field>
      <Field label="Time to live" error={errors.ttlSeconds?.message} hint="How long a row answers after its event time: 30s, 5m, 2h, 7d. Empty: for ever">
        <TextInput placeholder="2d" {...register("ttlSeconds")} />
      </Field>
      <Tick className="sm:col-span-2" {...register("online")}>
        Keep the newest row of each entity key online
      </Tick>
    </>
  );
}
