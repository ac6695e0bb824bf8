"use client";
import { useFormContext, useWatch } from "react-hook-form";
import { canBeUnique, canBound, canList, expectationTexts, type ValueType } from "../../domain/index.ts";
import { Field, Select, TextInput, Tick } from "../ui/field.tsx";
import { type ExpectValues, toExpectations } from "./expect-values.ts";
import type { ViewValues } from "./form-values.ts";

/** What the fields of one feature say, in a few words; null: nothing. */
export function expectedText(type: ValueType, values: ExpectValues): string | null {
  const expect = toExpectations(type, values);
  return expect === undefined ? null : expectationTexts(expect).join(", ");
}

interface ExpectFieldsProps {
  /** Its place among the features. */
  readonly index: number;
  readonly id: string;
}

/** What the values of one feature should be like: only what its type can have. */
export function ExpectFields({ index, id }: ExpectFieldsProps) {
  const { register, control, formState } = useFormContext<ViewValues>();
  const [name, type] = useWatch({ control, name: [`features.${index}.name`, `features.${index}.type`] });
  const errors = formState.errors.features?.[index]?.expect;
  return (
    <fieldset id={id} className="mt-2 mb-1 rounded-md border border-line bg-sunken p-3">
      <legend className="sr-only">Expected of {name}</legend>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
        {canBound(type) && (
          <>
            <Field label="At least" error={errors?.min?.message} className="w-28">
              <TextInput inputMode="decimal" mono className="h-7" {...register(`features.${index}.expect.min`)} />
            </Field>
            <Field label="At most" error={errors?.max?.message} className="w-28">
              <TextInput inputMode="decimal" mono className="h-7" {...register(`features.${index}.expect.max`)} />
            </Field>
          </>
        )}
        {canList(type) && (
          <Field label="One of" error={errors?.allowed?.message ?? errors?.allowed?.root?.message} className="min-w-44 flex-1">
            <TextInput mono placeholder="low, fair, high" className="h-7" {...register(`features.${index}.expect.allowed`)} />
          </Field>
        )}
        <Field label="Null in at most" hint="a share of rows" error={errors?.nullRateMax?.message} className="w-36">
          <TextInput inputMode="decimal" mono placeholder="0.05" className="h-7" {...register(`features.${index}.expect.nullRateMax`)} />
        </Field>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
        {canBeUnique(type) && <Tick {...register(`features.${index}.expect.unique`)}>No value twice</Tick>}
        <span className="flex items-center gap-2">
          <span className="text-ink-2 text-xs">When a run finds otherwise</span>
          <Select aria-label={`When ${name} is not as expected`} className="h-7 w-auto text-xs" {...register(`features.${index}.expect.onFailure`)}>
            <option value="warn">warn</option>
            <option value="block">block: write nothing</option>
          </Select>
        </span>
      </div>
    </fieldset>
  );
}
