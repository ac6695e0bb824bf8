"use client";
import { X } from "lucide-react";
import { useFieldArray, useFormContext, useWatch } from "react-hook-form";
import type { FeatureService } from "../../domain/index.ts";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { DescribedFields } from "./described-fields.tsx";
import { EditForm } from "./edit-form.tsx";
import { type ServiceValues, serviceForm, serviceValues } from "./form-values.ts";
import { JoinedNames } from "./joined-names.tsx";
import { NamePicker } from "./name-picker.tsx";
import { ServicePart } from "./service-part.tsx";

export function ServiceForm({ initial, view = null }: { readonly initial: FeatureService | null; readonly view?: string | null }) {
  const toValues = (service: FeatureService | null): ServiceValues => {
    const values = serviceValues(service);
    return service === null && view !== null ? { ...values, projections: [partOf(view)] } : values;
  };
  return (
    <EditForm schema={serviceForm} toValues={toValues} initial={initial}>
      <Parts />
      <JoinedNames />
      <DescribedFields isNew={initial === null} namePlaceholder="driver_activity" />
    </EditForm>
  );
}

function partOf(view: string): ServiceValues["projections"][number] {
  return { view, isWhole: false, features: [], alias: "", roles: [] };
}

/** The views that it reads, and what of each. */
function Parts() {
  const { control, formState } = useFormContext<ServiceValues>();
  const { fields, append, remove } = useFieldArray({ control, name: "projections" });
  const parts = useWatch({ control, name: "projections" });
  const complaint = formState.errors.projections?.message ?? formState.errors.projections?.root?.message;
  return (
    <>
      {fields.map(({ id }, index) => (
        <Panel
          key={id}
          title={<span className="font-mono">{parts[index]?.view}</span>}
          action={
            <IconButton label={`Leave ${parts[index]?.view} out`} onClick={() => remove(index)}>
              <X />
            </IconButton>
          }
        >
          <ServicePart index={index} view={parts[index]?.view ?? ""} />
        </Panel>
      ))}
      <Panel title="Views">
        <div className="p-3">
          <NamePicker kind="feature_view" label="Add a view" onPick={(name) => append(partOf(name))}>
            <span className="text-ink-2">{fields.length === 0 ? "Choose a view" : "Add another view"}</span>
          </NamePicker>
          <p className="mt-1 text-ink-3 text-xs">One view may stand in two roles: add it twice, and give one of them another name.</p>
          {complaint !== undefined && (
            <p role="alert" className="mt-1 text-bad text-xs">
              {complaint}
            </p>
          )}
        </div>
      </Panel>
    </>
  );
}
