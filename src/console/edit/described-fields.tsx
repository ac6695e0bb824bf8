"use client";
import { Plus, X } from "lucide-react";
import { useFieldArray, useFormContext } from "react-hook-form";
import { Button } from "../ui/button.tsx";
import { Field, TextArea, TextInput } from "../ui/field.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Panel } from "../ui/panel.tsx";
import type { EntityValues } from "./form-values.ts";

type DescribedPart = Pick<EntityValues, "name" | "description" | "owner" | "tags">;

interface DescribedFieldsProps {
  /** What is edited keeps its name: others refer to it by that. */
  readonly isNew: boolean;
  readonly namePlaceholder: string;
  /** Further fields of the same kind. */
  readonly children?: React.ReactNode;
}

/** Name, words, owner and tags: what every definition says about itself. */
export function DescribedFields({ isNew, namePlaceholder, children }: DescribedFieldsProps) {
  const { register, formState } = useFormContext<DescribedPart>();
  const { errors } = formState;
  return (
    <Panel title="About it">
      <div className="grid gap-3 p-3 sm:grid-cols-2">
        <Field
          label="Name"
          error={errors.name?.message}
          hint={isNew ? "Letters, digits and single underscores. It stays." : "A name stays: others refer to it."}
        >
          <TextInput mono readOnly={!isNew} placeholder={namePlaceholder} {...register("name")} />
        </Field>
        <Field label="Owner" error={errors.owner?.message} hint="A contact, such as an e-mail address">
          <TextInput placeholder="fleet@example.com" {...register("owner")} />
        </Field>
        <Field label="Description" error={errors.description?.message} className="sm:col-span-2">
          <TextArea {...register("description")} />
        </Field>
        {children}
        <TagFields />
      </div>
    </Panel>
  );
}

function TagFields() {
  const { register, control, formState } = useFormContext<DescribedPart>();
  const { fields, append, remove } = useFieldArray({ control, name: "tags" });
  return (
    <fieldset className="sm:col-span-2">
      <legend className="text-ink-2 text-xs">Tags</legend>
      <div className="mt-1 space-y-1.5">
        {fields.map(({ id }, index) => {
          const error = formState.errors.tags?.[index]?.key?.message;
          return (
            <div key={id}>
              <div className="flex items-center gap-1.5">
                <TextInput
                  aria-label={`Key of tag ${index + 1}`}
                  aria-invalid={error !== undefined || undefined}
                  placeholder="tier"
                  {...register(`tags.${index}.key`)}
                />
                <TextInput aria-label={`Value of tag ${index + 1}`} placeholder="gold" {...register(`tags.${index}.value`)} />
                <IconButton label={`Remove tag ${index + 1}`} onClick={() => remove(index)}>
                  <X />
                </IconButton>
              </div>
              {error && (
                <p role="alert" className="mt-1 text-bad text-xs">
                  {error}
                </p>
              )}
            </div>
          );
        })}
        <Button size="sm" onClick={() => append({ key: "", value: "" })}>
          <Plus aria-hidden="true" /> Add a tag
        </Button>
      </div>
    </fieldset>
  );
}
