"use client";
import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { type DefaultValues, type FieldValues, FormProvider, type Resolver, useForm, useWatch } from "react-hook-form";
import type { z } from "zod";
import type { ConsoleDefinition } from "../../domain/index.ts";
import { notify } from "../shell/notify.tsx";
import { useHref } from "../shell/project.tsx";
import type { Conflict } from "./conflict-dialog.tsx";
import { definitionHref } from "./kinds.ts";
import { putOnTop } from "./put-on-top.ts";
import { SavePanel } from "./save-panel.tsx";
import { saveInput, useSaveEdit } from "./use-edit.ts";

interface EditFormProps<D extends ConsoleDefinition, V extends FieldValues> {
  readonly schema: z.ZodType<D, V>;
  readonly toValues: (definition: D | null) => V;
  /** What is edited; null: something new. */
  readonly initial: D | null;
  readonly children: ReactNode;
}

/** A form beside what saving it does. Fields use the form's context. */
export function EditForm<D extends ConsoleDefinition, V extends FieldValues>({ schema, toValues, initial, children }: EditFormProps<D, V>) {
  const [base, setBase] = useState<D | null>(initial);
  const form = useForm<V, unknown, D>({
    resolver: zodResolver(schema as never) as unknown as Resolver<V, unknown, D>, // the schema reads V and gives D, by the type of the prop
    defaultValues: toValues(initial) as DefaultValues<V>,
    mode: "onTouched",
  });
  const definition = useDefinition(schema, useWatch({ control: form.control }));
  const save = useSaveEdit();
  const leave = useLeave();
  useLeaveWarning(form.formState.isDirty && !save.isSuccess);
  const fill = (next: D | null, from: D | null) => {
    setBase(from);
    save.reset();
    form.reset(toValues(next));
  };
  const onTheirs = ({ current }: Conflict) => (current === null ? leave(definitionListHref(initial)) : fill(current.definition as D, current.definition as D));
  const onMine = ({ current }: Conflict) => {
    if (definition === null || base === null) return;
    const theirs = (current?.definition ?? null) as D | null; // of the kind and name that was asked about
    fill(theirs === null ? definition : putOnTop(base, definition, theirs), theirs);
  };
  const submit = form.handleSubmit((whole) =>
    save.mutate(saveInput(whole, base), {
      onSuccess: () => {
        notify({ text: `${whole.name} is ${base === null ? "created" : "saved"}.` });
        leave(definitionHref(whole));
      },
    }),
  );
  return (
    <FormProvider {...form}>
      <form noValidate onSubmit={(event) => void submit(event)} className="mt-5 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_380px]">
        <div className="min-w-0 space-y-4">{children}</div>
        <SavePanel definition={definition} base={base} isSaving={save.isPending || save.isSuccess} saveError={save.error} onTheirs={onTheirs} onMine={onMine} />
      </form>
    </FormProvider>
  );
}

function useDefinition<D extends ConsoleDefinition>(schema: z.ZodType<D>, values: unknown): D | null {
  return useMemo(() => {
    const parsed = schema.safeParse(values);
    return parsed.success ? parsed.data : null;
  }, [schema, values]);
}

function definitionListHref(definition: ConsoleDefinition | null): string {
  return definition === null ? "/catalog" : definitionHref(definition).split("/").slice(0, 2).join("/").replace("/views", "/catalog");
}

function useLeave(): (path: string) => void {
  const router = useRouter();
  const href = useHref();
  return (path) => router.push(href(path));
}

/** The browser asks before a tab with unsaved work is closed. */
function useLeaveWarning(isUnsaved: boolean): void {
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
}
