"use client";
import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { type Entity, SCALAR_TYPES } from "../../domain/index.ts";
import { Button } from "../ui/button.tsx";
import { Select, TextInput } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import { DescribedFields } from "./described-fields.tsx";
import { EditForm } from "./edit-form.tsx";
import { type EntityValues, entityForm, entityValues } from "./form-values.ts";

export function EntityForm({ initial }: { readonly initial: Entity | null }) {
  return (
    <EditForm schema={entityForm} toValues={entityValues} initial={initial}>
      <DescribedFields isNew={initial === null} namePlaceholder="driver" />
      <JoinKeyFields />
    </EditForm>
  );
}

/** The columns whose values say which one it is. */
function JoinKeyFields() {
  const { register, control, formState } = useFormContext<EntityValues>();
  const { fields, append, remove } = useFieldArray({ control, name: "joinKeys" });
  const errors = formState.errors.joinKeys;
  return (
    <Panel title="Join keys" hint="the columns whose values say which one it is">
      <ul className="space-y-2 p-3" aria-label="Join keys">
        {fields.map(({ id }, index) => {
          const error = errors?.[index]?.name?.message;
          return (
            <li key={id}>
              <div className="flex items-center gap-1.5">
                <TextInput
                  mono
                  aria-label={`Name of join key ${index + 1}`}
                  aria-invalid={error !== undefined || undefined}
                  placeholder="driver_id"
                  {...register(`joinKeys.${index}.name`)}
                />
                <Select aria-label={`Type of join key ${index + 1}`} className="w-44 shrink-0 max-sm:w-32" {...register(`joinKeys.${index}.type`)}>
                  {SCALAR_TYPES.map((type) => (
                    <option key={type}>{type}</option>
                  ))}
                </Select>
                <IconButton label={`Remove join key ${index + 1}`} disabled={fields.length === 1} onClick={() => remove(index)}>
                  <X />
                </IconButton>
              </div>
              {error && (
                <p role="alert" className="mt-1 text-bad text-xs">
                  {error}
                </p>
              )}
            </li>
          );
        })}
        <li>
          <Button size="sm" onClick={() => append({ name: "", type: "int64" })}>
            <Plus aria-hidden="true" /> Add a join key
          </Button>
        </li>
      </ul>
    </Panel>
  );
}
